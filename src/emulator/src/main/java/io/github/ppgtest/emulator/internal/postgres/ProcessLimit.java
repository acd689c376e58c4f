package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Recognises a user's limit of processes and threads, and advises. */
public final class ProcessLimit {
  private static final Path LIMITS = Path.of("/proc/self/limits");

  private ProcessLimit() {}

  /** Returns whether something failed because of that limit. */
  public static boolean isReachedIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof OutOfMemoryError && message.contains("native thread")
          || message.contains("Resource temporarily unavailable")) {
        return true;
      }
    }
    return false;
  }

  /** Returns what the limit is, and what to do. */
  public static String advice() {
    return "No more processes or threads can be started%s. Raise the limit (ulimit -u; in a container its limit of pids), or end others of this user, or of the user \"nobody\", as whom PostgreSQL runs when this is root."
        .formatted(measured());
  }

  private static String measured() {
    try (Stream<String> limits = Files.lines(LIMITS)) {
      return limits
          .filter(line -> line.startsWith("Max processes"))
          .map(line -> line.split(" {2,}")[1])
          .findFirst()
          .map(limit -> ": the limit of this process's user is " + limit)
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
