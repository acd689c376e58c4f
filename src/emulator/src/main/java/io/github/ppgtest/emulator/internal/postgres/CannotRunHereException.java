package io.github.ppgtest.emulator.internal.postgres;

import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL cannot run in this JVM, however often that is tried: something is missing, forbidden
 * or of another version.
 */
public final class CannotRunHereException extends DatabaseEngineException {
  private static final long serialVersionUID = 1L;

  CannotRunHereException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
