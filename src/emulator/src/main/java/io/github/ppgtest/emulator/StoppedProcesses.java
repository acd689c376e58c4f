package io.github.ppgtest.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Processes that a signal has stopped, as a debugger or Ctrl-Z does: they are alive, and do not
 * answer. Seen on Linux only. Stateless, thread-safe.
 *
 * @since 0.1.0
 */
public final class StoppedProcesses {
  private static final Path PROC = Path.of("/proc");

  private StoppedProcesses() {}

  /** Returns whether a process is stopped. */
  public static boolean isStopped(ProcessHandle process) {
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

  /**
   * Explains that a program does not answer.
   *
   * @param program its name, which begins the sentence
   * @param process its first process
   * @return sentences that say which of its processes is stopped, and how it goes on; empty where
   *     none is
   */
  public static Optional<String> explain(String program, ProcessHandle process) {
    if (!Files.isDirectory(PROC)) {
      return Optional.empty();
    }
    long pid = process.pid();
    return LongStream.concat(LongStream.of(pid), children(pid))
        .filter(StoppedProcesses::isStopped)
        .mapToObj(
            stopped ->
                "%s, process %d, is stopped (SIGSTOP), and does not answer. \"kill -CONT %2$d\" has it go on."
                    .formatted(program, stopped))
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
}
