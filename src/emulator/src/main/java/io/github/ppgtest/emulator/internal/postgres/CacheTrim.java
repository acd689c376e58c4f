package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Evicts cache entries that have not been used for long, and the least recently used templates when
 * there are too many. Files without a name of ours are not touched. A process that is about to use
 * an evicted entry prepares it anew.
 */
final class CacheTrim {
  private static final Duration UNUSED = Duration.ofDays(30);

  /** Each change of a schema leaves one behind, and most keys hold for a day. */
  private static final Duration UNUSED_TEMPLATE = Duration.ofDays(3);

  /** Longer than preparing or deleting an entry takes. */
  private static final Duration HALF_DONE = Duration.ofDays(1);

  /** PostgreSQL's programs, and the clusters that they initialised. */
  private static final Pattern PROGRAMS =
      Pattern.compile("postgres-[a-z0-9_-]+-[0-9a-f]{8}(-\\d|-cluster-[0-9a-f]+)?");

  private static final Pattern TEMPLATE =
      Pattern.compile("postgres-[a-z0-9_-]+-[0-9a-f]{8}-[0-9a-f]+-\\d+-[0-9a-f]{64}");

  private final CacheDirectory cache;
  private final Instant now;
  private final long bound;

  /**
   * Does no work yet.
   *
   * @param bound how many bytes templates may take
   */
  CacheTrim(CacheDirectory cache, Instant now, long bound) {
    this.cache = cache;
    this.now = now;
    this.bound = bound;
  }

  void run() throws IOException {
    trimPrograms();
    CacheDirectory templates = cache.part(TemplateCache.PART);
    trimTemplates(templates.root());
    for (CacheDirectory directory : List.of(cache, templates)) {
      directory.deleteHalfDoneBefore(now.minus(HALF_DONE));
    }
  }

  private void trimPrograms() throws IOException {
    for (Path entry : entries(cache.root(), PROGRAMS)) {
      if (lastUse(entry).isBefore(now.minus(UNUSED)) && !isRunning(entry)) {
        cache.remove(entry);
      }
    }
  }

  /**
   * Returns whether a server runs these programs: one that is kept may outlive the start, its last
   * recorded use, by far.
   */
  static boolean isRunning(Path programs) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().command().stream())
        .anyMatch(command -> Path.of(command).startsWith(programs));
  }

  private void trimTemplates(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>(entries(directory, TEMPLATE));
    entries.sort(Comparator.comparing(CacheTrim::lastUse).reversed());
    long sum = 0;
    for (Path entry : entries) {
      sum += size(entry);
      if (sum > bound || lastUse(entry).isBefore(now.minus(UNUSED_TEMPLATE))) {
        cache.remove(entry);
      }
    }
  }

  private static List<Path> entries(Path directory, Pattern name) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> name.matcher(file.getFileName().toString()).matches())
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static long size(Path entry) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.list(entry)) {
      for (Path file : files.toList()) {
        size += Files.size(file);
      }
    } catch (NoSuchFileException e) {
      // Another process removes it.
    }
    return size;
  }

  /**
   * Returns the last use; an entry that cannot be read counts as used now and is left for the next
   * time.
   */
  private static Instant lastUse(Path entry) {
    try {
      return Files.getLastModifiedTime(entry).toInstant();
    } catch (IOException e) {
      return Instant.MAX;
    }
  }
}
