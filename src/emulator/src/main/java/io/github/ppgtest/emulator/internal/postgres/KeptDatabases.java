package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The databases that are to outlive this JVM, and with them their server and its directory, where a
 * mark says until when. Thread-safe.
 */
final class KeptDatabases {
  private final Path directory;

  /** Until when each is kept. Guarded by this. */
  private final Map<String, Instant> kept = new HashMap<>();

  KeptDatabases(Path directory) {
    this.directory = directory;
  }

  synchronized void keep(String database, Instant until) {
    kept.put(database, until);
    mark();
  }

  /** Forgets one that was dropped after all. */
  synchronized void forget(String database) {
    if (kept.remove(database) != null) {
      mark();
    }
  }

  /** At once, not at the end: there may be no end in which anything can be done. */
  private void mark() {
    try {
      if (kept.isEmpty()) {
        KeepMark.remove(directory);
      } else {
        KeepMark.write(directory, Collections.max(kept.values()));
      }
    } catch (IOException e) {
      throw new DatabaseEngineException(
          "Cannot say in " + directory + " that it is to be kept: " + e.getMessage(), e);
    }
  }

  synchronized Set<String> names() {
    return Set.copyOf(kept.keySet());
  }
}
