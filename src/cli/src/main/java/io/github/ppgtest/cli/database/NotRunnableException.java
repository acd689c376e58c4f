package io.github.ppgtest.cli.database;

import org.jspecify.annotations.Nullable;

/** Thrown when a command cannot be run, with the exit code that shells have for it. */
final class NotRunnableException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private final int exitCode;

  private NotRunnableException(String message, int exitCode, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  static NotRunnableException notFound(String message) {
    return new NotRunnableException(message, NOT_FOUND, null);
  }

  static NotRunnableException notExecutable(String message, @Nullable Throwable cause) {
    return new NotRunnableException(message, NOT_EXECUTABLE, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
