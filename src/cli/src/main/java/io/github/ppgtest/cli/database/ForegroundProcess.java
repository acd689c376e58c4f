package io.github.ppgtest.cli.database;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A command that stands in for this process: it has its input, its output and its signals. */
final class ForegroundProcess {
  private ForegroundProcess() {}

  /**
   * Runs a command to its end.
   *
   * @param variables for its environment, beside those of this process
   * @return its exit code; 128 and the number of the signal that ended it
   * @throws NotRunnableException if it cannot be started
   */
  static int run(List<String> command, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(variables);
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

  /** Nothing but its end ends the waiting: without it, nobody would delete the database. */
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
