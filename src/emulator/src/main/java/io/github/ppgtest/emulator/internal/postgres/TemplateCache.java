package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The saved templates of this machine, for servers of one build and one prepared cluster. An entry
 * is whole from the moment it can be seen, and may vanish at any moment.
 */
final class TemplateCache {
  static final String PART = "templates";

  /** How much all of them may take; each takes 10 MB and what is in it. */
  static final long BOUND = 1L << 30;

  /** Keys that share a lock are made one after the other. So many files there are, and no more. */
  private static final int LOCKS = 64;

  private final CacheDirectory directory;
  private final String prefix;

  private TemplateCache(CacheDirectory directory, String prefix) {
    this.directory = directory;
    this.prefix = prefix;
  }

  /** Opens those that servers of these binaries, with these settings, can use. */
  static TemplateCache of(
      CacheDirectory cache, PostgresBinaries binaries, PostgresSettings settings)
      throws IOException {
    return new TemplateCache(
        cache.part(PART),
        "%s-%s-%d-"
            .formatted(
                binaries.fingerprint(),
                // What is in one may come from a setting, such as that of text search.
                PostgresBinaries.checksum(
                    PreparedCluster.recipe() + ServerConfiguration.text(settings, binaries, 0)),
                SavedTemplate.FORMAT));
  }

  /** Finds the directory of a key's template; whoever reads it sees whether it is whole. */
  Optional<Path> find(String key) throws IOException {
    return directory.find(prefix + hash(key), entry -> true);
  }

  /** Saves a template under a key; to be called {@link #alone}. */
  void save(String key, CacheDirectory.Preparation preparation) throws IOException {
    directory.prepare(prefix + hash(key), preparation);
  }

  /** Waits for the key's lock, and does this while holding it. */
  void alone(String key, Runnable action) throws IOException {
    int number = Math.floorMod(hash(key).hashCode(), LOCKS);
    FileMutex.holding(
        directory.root().resolve(number + ".lock"),
        FileMutex.PATIENCE,
        () -> {},
        () -> {
          action.run();
          return key;
        });
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
