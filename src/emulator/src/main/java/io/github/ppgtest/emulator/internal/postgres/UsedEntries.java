package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.FileList;
import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The entries of the cache that a server was made from. Thread-safe. */
final class UsedEntries {
  private static final UserLog log = UserLog.of(UsedEntries.class.getName());

  /** What a disk has lost, and no start needs, is noticed within this time. */
  private static final Duration CHECKED = Duration.ofDays(1);

  private final List<Path> entries = new CopyOnWriteArrayList<>();

  void add(Path entry) {
    entries.add(entry);
  }

  /**
   * Reads all files. An entry with a damaged one is discarded: the next start makes it anew.
   *
   * @return which file is damaged; empty where none is
   */
  Optional<String> discardDamaged() {
    for (Path entry : entries) {
      try {
        Optional<String> damage = discardDamaged(entry);
        if (damage.isPresent()) {
          return damage;
        }
      } catch (IOException e) {
        log.debug("{} cannot be checked: {}", entry, e.getMessage(), e);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> discardDamaged(Path entry) throws IOException {
    Optional<Path> damaged = FileList.damaged(entry);
    if (damaged.isPresent()) {
      FileList.discard(entry);
    }
    return damaged.map(
        file ->
            "In the cache, %s is damaged: its bytes are not those that were written. The next start of PostgreSQL makes %s anew."
                .formatted(file, entry));
  }

  /** Reads the entries that were written, or found right, more than a day ago, and warns. */
  void checkDaily(Instant now) throws IOException {
    for (Path entry : entries) {
      try {
        if (FileList.checkedAt(entry).isAfter(now.minus(CHECKED))) {
          continue;
        }
        Optional<String> damage = discardDamaged(entry);
        if (damage.isPresent()) {
          log.warn("{} Failures of this run may come from that.", damage.get());
        } else {
          FileList.confirm(entry, now);
        }
      } catch (NoSuchFileException e) {
        // Another process makes it anew.
      }
    }
  }
}
