package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The saved templates of this machine, for servers of one build and one prepared cluster. An entry
 * is whole from the moment it can be seen, and may vanish at any moment.
 */
final class TemplateCache {
  private static final UserLog log = UserLog.of(TemplateCache.class.getName());

  static final String PART = "templates";

  /** The bound of all templates; each takes 10 MB and its content. */
  static final long BOUND = 1L << 30;

  /** The number of lock files: keys that share one are made one after the other. */
  private static final int LOCKS = 64;

  /** Longer than nearly all templates take to be made. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final CacheDirectory directory;
  private final String prefix;
  private final Duration patience;

  /** The locks that were waited for in vain, which is done once. */
  private final Set<Integer> stuck = ConcurrentHashMap.newKeySet();

  private TemplateCache(CacheDirectory directory, String prefix, Duration patience) {
    this.directory = directory;
    this.prefix = prefix;
    this.patience = patience;
  }

  /** Opens those that servers of these binaries, with these settings, can use. */
  static TemplateCache of(
      CacheDirectory cache, PostgresBinaries binaries, PostgresSettings settings)
      throws IOException {
    return of(cache, binaries, settings, PATIENCE);
  }

  static TemplateCache of(
      CacheDirectory cache, PostgresBinaries binaries, PostgresSettings settings, Duration patience)
      throws IOException {
    return new TemplateCache(
        cache.part(PART),
        "%s-%s-%d-"
            .formatted(
                binaries.fingerprint(),
                // A setting, such as that of text search, may be part of a template's content.
                PostgresBinaries.checksum(
                    PreparedCluster.recipe() + ServerConfiguration.text(settings, binaries, 0)),
                SavedTemplate.FORMAT),
        patience);
  }

  /** Finds the directory of a key's template; its reader checks whether it is whole. */
  Optional<Path> find(String key) throws IOException {
    return directory.find(prefix + hash(key), entry -> true);
  }

  /** Saves a template under a key; to be called {@link #alone}. */
  void save(String key, CacheDirectory.Preparation preparation) throws IOException {
    directory.prepare(prefix + hash(key), preparation);
  }

  /**
   * Runs an action while holding the key's lock.
   *
   * @throws FileMutex.HeldTooLongException if another process keeps it; the action has not run
   */
  void alone(String key, Runnable action) throws IOException {
    int number = Math.floorMod(hash(key).hashCode(), LOCKS);
    Path lock = directory.root().resolve(number + ".lock");
    try {
      FileMutex.holding(
          lock,
          stuck.contains(number) ? Duration.ZERO : patience,
          () -> tell(number, lock),
          () -> {
            stuck.remove(number);
            action.run();
            return key;
          });
    } catch (FileMutex.HeldTooLongException e) {
      stuck.add(number);
      throw e;
    }
  }

  private void tell(int number, Path lock) {
    if (!stuck.contains(number)) {
      log.info(
          "Another process makes a template, and holds {}: waiting up to {} s",
          lock,
          patience.toSeconds());
    }
  }

  private static String hash(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
