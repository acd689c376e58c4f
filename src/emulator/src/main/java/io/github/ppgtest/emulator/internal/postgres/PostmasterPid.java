package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of a running server's {@code postmaster.pid}.
 *
 * @param pid its process
 * @param startedAt when it started, in whole seconds
 * @param port at which it listens; 0 where it has not said so yet
 * @param segment the number of its segment of System V shared memory; null where it has none
 * @param ready whether it accepts connections
 * @param stopping whether it has been told to end
 */
record PostmasterPid(
    long pid,
    Instant startedAt,
    int port,
    @Nullable Long segment,
    boolean ready,
    boolean stopping) {
  private static final int LINE_OF_PORT = 3;
  private static final int LINE_OF_SEGMENT = 6;
  private static final int LINE_OF_STATUS = 7;

  /** Reads the file in this data directory; null when it is missing or being written. */
  static @Nullable PostmasterPid read(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(data.resolve("postmaster.pid"));
    } catch (NoSuchFileException e) {
      return null;
    }
    try {
      return lines.size() < 3
          ? null
          : new PostmasterPid(
              Long.parseLong(lines.get(0).strip()),
              Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
              lines.size() > LINE_OF_PORT ? Integer.parseInt(lines.get(LINE_OF_PORT).strip()) : 0,
              segment(lines),
              hasStatus(lines, "ready"),
              hasStatus(lines, "stopping"));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean hasStatus(List<String> lines, String status) {
    return lines.size() > LINE_OF_STATUS && lines.get(LINE_OF_STATUS).startsWith(status);
  }

  /** Reads the line of a key and a number. */
  private static @Nullable Long segment(List<String> lines) {
    String[] words =
        lines.size() > LINE_OF_SEGMENT
            ? lines.get(LINE_OF_SEGMENT).strip().split(" +")
            : new String[0];
    return words.length == 2 ? Long.valueOf(words[1]) : null;
  }

  /**
   * Returns the process, if it is alive and still that server. Its number can be another program's
   * by now, which must not come to harm.
   */
  Optional<ProcessHandle> process(Path data) {
    return ProcessHandle.of(pid).filter(process -> isThisServer(process.info(), data));
  }

  private boolean isThisServer(ProcessHandle.Info info, Path data) {
    boolean isPostgres =
        info.command()
            .map(command -> Path.of(command).getFileName().toString())
            .filter(name -> name.equals("postgres") || name.equals("postgres.exe"))
            .isPresent();
    if (!isPostgres) {
      return false;
    }
    if (info.arguments().isPresent()) {
      return List.of(info.arguments().get()).contains(data.toString());
    }
    // Windows does not tell a process's arguments.
    return info.startInstant()
        .map(start -> Duration.between(start, startedAt).abs().toSeconds() < 5)
        .orElse(false);
  }
}
