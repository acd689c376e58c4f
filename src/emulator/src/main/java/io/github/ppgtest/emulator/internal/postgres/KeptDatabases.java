package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The databases that are to outlive this JVM with their server and its directory, which is marked
 * with the time. Thread-safe.
 */
final class KeptDatabases {
  private final Path directory;

  /** The end of each database's time. Guarded by this. */
  private final Map<String, Instant> kept = new HashMap<>();

  KeptDatabases(Path directory) {
    this.directory = directory;
  }

  synchronized void keep(String database, Instant until) {
    kept.put(database, until);
    mark();
  }

  /** Forgets a dropped database. */
  synchronized void forget(String database) {
    if (kept.remove(database) != null) {
      mark();
    }
  }

  /** Marks at once, not at the end: the JVM may be killed. */
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
