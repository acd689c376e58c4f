package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What Linux shows of processes beyond Java's API; empty elsewhere. */
final class LinuxProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final String DELETED = " (deleted)";

  private LinuxProcesses() {}

  /** Returns whether a signal has stopped a process. */
  static boolean isStopped(ProcessHandle process) {
    return isStopped(process.pid());
  }

  private static boolean isStopped(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      return stat.startsWith("T", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false;
    }
  }

  /** Finds the first stopped process among this one and those that it has started. */
  static OptionalLong firstStopped(ProcessHandle process) {
    long pid = process.pid();
    return LongStream.concat(LongStream.of(pid), children(pid))
        .filter(LinuxProcesses::isStopped)
        .findFirst();
  }

  /** Returns a process's children: Java would look at all processes of the machine, each time. */
  private static LongStream children(long pid) {
    try {
      String numbers = Files.readString(PROC.resolve(pid + "/task/" + pid + "/children")).strip();
      return numbers.isEmpty()
          ? LongStream.empty()
          : Stream.of(numbers.split(" ")).mapToLong(Long::parseLong);
    } catch (IOException e) {
      // Not every kernel lists them there.
      return ProcessHandle.of(pid).stream()
          .flatMap(ProcessHandle::children)
          .mapToLong(ProcessHandle::pid);
    }
  }

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
