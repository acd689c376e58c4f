package io.github.ppgtest.emulator.internal.postgres;

import org.jspecify.annotations.Nullable;

/** Another process, or the system, has ended a server while it started. */
final class EndedByOthersException extends DatabaseEngineException {
  private static final long serialVersionUID = 1L;

  EndedByOthersException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
