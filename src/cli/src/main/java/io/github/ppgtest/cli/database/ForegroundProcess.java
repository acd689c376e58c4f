package io.github.ppgtest.cli.database;

import static java.util.stream.Collectors.joining;

import io.github.ppgtest.cli.StandardStreams;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs a command in the place of this process, with its input, its output and its signals. */
final class ForegroundProcess {
  private ForegroundProcess() {}

  /**
   * Runs a command to its end.
   *
   * @param environment changes its environment, initially this process's
   * @return its exit code; 128 and the number of the signal that ended it
   * @throws NotRunnableException if it cannot be started
   */
  static int run(List<String> command, Consumer<Map<String, String>> environment) {
    ProcessBuilder builder = new ProcessBuilder(withClosedStreams(command)).inheritIO();
    environment.accept(builder.environment());
    ForwardedSignals signals = ForwardedSignals.begin();
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw NotRunnableException.notExecutable(
          "The command could not be started: " + e.getMessage() + ".", e);
    }
    signals.goTo(process);
    return exitCode(process);
  }

  /** A process builder cannot close a stream, a shell can. */
  private static List<String> withClosedStreams(List<String> command) {
    List<Integer> closed = StandardStreams.closed();
    if (closed.isEmpty()) {
      return command;
    }
    String line =
        closed.stream().map(number -> number + ">&-").collect(joining(" ", "exec \"$@\" ", ""));
    return Stream.concat(Stream.of("/bin/sh", "-c", line, "sh"), command.stream()).toList();
  }

  /** Only its end ends the waiting: otherwise the database would not be deleted. */
  private static int exitCode(Process process) {
    boolean interrupted = false;
    while (true) {
      try {
        int exitCode = process.waitFor();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return exitCode;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
