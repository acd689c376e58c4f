package io.github.ppgtest.emulator;

/**
 * Says why an emulator could not be started. Nothing is left running by then.
 *
 * @since 0.1.0
 */
public final class EmulatorStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmulatorStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
