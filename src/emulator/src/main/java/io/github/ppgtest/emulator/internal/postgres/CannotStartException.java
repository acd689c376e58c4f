package io.github.ppgtest.emulator.internal.postgres;

/**
 * Thrown when PostgreSQL's programs refused to start or to prepare a server, perhaps because they
 * are damaged.
 */
final class CannotStartException extends DatabaseEngineException {
  private static final long serialVersionUID = 1L;

  CannotStartException(String message) {
    super(message, null);
  }
}
