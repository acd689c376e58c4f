package io.github.ppgtest.emulator.internal.postgres;

/**
 * PostgreSQL's programs refused to start or to prepare a server, for what may be their own fault.
 */
final class CannotStartException extends DatabaseEngineException {
  private static final long serialVersionUID = 1L;

  CannotStartException(String message) {
    super(message, null);
  }
}
