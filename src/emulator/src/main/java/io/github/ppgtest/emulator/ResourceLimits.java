package io.github.ppgtest.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The limits that the operating system sets to a user's processes and threads, and to a process's
 * open files. Stateless.
 *
 * @since 0.1.0
 */
public final class ResourceLimits {
  private static final Path LIMITS = Path.of("/proc/self/limits");

  private ResourceLimits() {}

  /**
   * Says which limit is behind a failure, how high it is, and what to do.
   *
   * @param failure what failed; its causes are looked at too
   * @return whole sentences; empty where no limit is behind it
   */
  public static Optional<String> reachedIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof OutOfMemoryError && message.contains("native thread")
          || message.contains("Resource temporarily unavailable")) {
        return Optional.of(
            "No more processes or threads can be started%s. Raise the limit (ulimit -u; in a container its limit of pids), or end others of this user, or of the user \"nobody\", as whom PostgreSQL runs when this is root."
                .formatted(limit("Max processes", ": the limit of this process's user is ")));
      }
      if (message.contains("Too many open files")) {
        return Optional.of(
            "No more files and connections can be opened%s. Raise the limit (ulimit -n)."
                .formatted(limit("Max open files", ": the limit of this process is ")));
      }
    }
    return Optional.empty();
  }

  /**
   * Runs work in a thread of an executor, or in the calling one where no other can be started.
   *
   * @param threads may have queued the work before it found that, and then runs it once more
   * @param work what to run
   */
  public static void execute(Executor threads, Runnable work) {
    try {
      threads.execute(work);
    } catch (OutOfMemoryError e) {
      work.run();
    }
  }

  private static String limit(String name, String introduction) {
    try (Stream<String> limits = Files.lines(LIMITS)) {
      return limits
          .filter(line -> line.startsWith(name))
          .map(line -> introduction + line.split(" {2,}")[1])
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      // Another system, or no file more can be opened.
      return "";
    }
  }
}
