package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The segment of System V shared memory that excludes a second PostgreSQL from a data directory. It
 * is the system's, so a killed server's stays until it is removed.
 */
final class SharedMemory {
  private static final UserLog log = UserLog.of(SharedMemory.class.getName());

  private static final Path SEGMENTS = Path.of("/proc/sysvipc/shm");
  private static final int COLUMN_OF_NUMBER = 1;
  private static final int COLUMN_OF_CREATOR = 4;

  private SharedMemory() {}

  /** Removes the segment of a server that has ended; one that is gone is no error. */
  static void remove(PostmasterPid server) {
    Long segment = server.segment();
    if (segment == null) {
      return;
    }
    try {
      if (!isOf(server.pid(), segment)) {
        return;
      }
      Command.Result result =
          Command.run(Path.of("/"), List.of("ipcrm", "-m", Long.toString(segment)));
      if (!result.succeeded()) {
        log.debug("Shared memory segment {} stays: {}", segment, result.output());
      }
    } catch (IOException | DatabaseEngineException | OutOfMemoryError e) {
      // An Error where the JVM can start no thread more.
      log.debug("Shared memory segment {} stays: {}", segment, e.getMessage(), e);
    }
  }

  /**
   * Returns whether the segment is of this creator: the number may be another program's by now;
   * systems without that list give out each once.
   */
  private static boolean isOf(long creator, long segment) throws IOException {
    if (!Files.exists(SEGMENTS)) {
      return true;
    }
    return Files.readAllLines(SEGMENTS).stream()
        .map(line -> line.strip().split(" +"))
        .anyMatch(
            columns ->
                columns[COLUMN_OF_NUMBER].equals(Long.toString(segment))
                    && columns[COLUMN_OF_CREATOR].equals(Long.toString(creator)));
  }
}
