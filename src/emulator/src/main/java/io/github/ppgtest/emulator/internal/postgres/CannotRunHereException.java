package io.github.ppgtest.emulator.internal.postgres;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when PostgreSQL cannot run in this JVM at all: something is missing, forbidden or of
 * another version.
 */
public final class CannotRunHereException extends DatabaseEngineException {
  private static final long serialVersionUID = 1L;

  CannotRunHereException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
