package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux tells of processes beyond what Java does; elsewhere nothing. */
final class LinuxProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final String DELETED = " (deleted)";

  private LinuxProcesses() {}

  /** Tells whether a signal has stopped one. */
  static boolean isStopped(ProcessHandle process) {
    try {
      String stat = Files.readString(PROC.resolve(process.pid() + "/stat"));
      return stat.startsWith("T", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false;
    }
  }

  /** Lists those whose working directory this is, or was. */
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
