package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segment of System V shared memory that excludes a second PostgreSQL from a data directory. It
 * is the system's, so a killed server's stays until it is removed.
 */
final class SharedMemory {
  private static final UserLog log = UserLog.of(SharedMemory.class.getName());

  private static final Path SEGMENTS = Path.of("/proc/sysvipc/shm");

  private SharedMemory() {}

  /**
   * Removes the segment of a server that has ended; one that is gone is no error.
   *
   * @param server what the server had written down; null where it had written down nothing yet
   * @param data its data directory
   */
  static void remove(@Nullable PostmasterPid server, Path data) {
    try {
      for (long segment : of(server, data)) {
        Command.Result result =
            Command.run(Path.of("/"), List.of("ipcrm", "-m", Long.toString(segment)));
        if (!result.succeeded()) {
          log.debug("Shared memory segment {} stays: {}", segment, result.output());
        }
      }
    } catch (IOException | DatabaseEngineException | OutOfMemoryError e) {
      // An Error where the JVM can start no thread more.
      log.debug("Shared memory of {} stays: {}", data, e.getMessage(), e);
    }
  }

  private static List<Long> of(@Nullable PostmasterPid server, Path data) throws IOException {
    if (!Files.exists(SEGMENTS)) {
      Long segment = server == null ? null : server.segment();
      return segment == null ? List.of() : List.of(segment);
    }
    int key = key(data);
    return Files.readAllLines(SEGMENTS).stream()
        .skip(1)
        .map(Segment::parse)
        .filter(segment -> segment.isOf(server) || segment.isAbandonedAt(key))
        .map(Segment::number)
        .toList();
  }

  /**
   * Returns the key at which PostgreSQL makes the segment for a data directory, the number of its
   * inode; 0, which no server has, where the directory is gone.
   */
  private static int key(Path data) throws IOException {
    try {
      return ((Number) Files.getAttribute(data, "unix:ino")).intValue();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private record Segment(int key, long number, long creator) {
    static Segment parse(String line) {
      String[] columns = line.strip().split(" +");
      return new Segment(
          Integer.parseInt(columns[0]), Long.parseLong(columns[1]), Long.parseLong(columns[4]));
    }

    /** Compares the creator too, as the number may be another program's by now. */
    boolean isOf(@Nullable PostmasterPid server) {
      return server != null
          && Long.valueOf(number).equals(server.segment())
          && creator == server.pid();
    }

    /** A server that is killed between making the segment and writing it down leaves only this. */
    boolean isAbandonedAt(int key) {
      return key != 0 && this.key == key && ProcessHandle.of(creator).isEmpty();
    }
  }
}
