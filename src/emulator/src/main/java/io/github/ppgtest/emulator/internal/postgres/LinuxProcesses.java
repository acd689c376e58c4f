package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux shows of processes beyond Java's API; empty elsewhere. */
final class LinuxProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final String DELETED = " (deleted)";

  private LinuxProcesses() {}

  /** Lists the processes in this working directory, which may have been deleted. */
  static Stream<ProcessHandle> in(Path directory) {
    return Files.isDirectory(PROC)
        ? ProcessHandle.allProcesses().filter(process -> isIn(process, directory.toString()))
        : Stream.empty();
  }

  private static boolean isIn(ProcessHandle process, String directory) {
    try {
      String current = Files.readSymbolicLink(PROC.resolve(process.pid() + "/cwd")).toString();
      return current.equals(directory) || current.equals(directory + DELETED);
    } catch (IOException e) {
      // It has ended, or is another user's.
      return false;
    }
  }
}
