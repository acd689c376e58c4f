package io.github.ppgtest.management;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when there is no token: it could not be obtained, renewed or stored. The message says why
 * and what to do next, and never holds a token, a code or a verifier. A call that fails for it
 * throws an {@link AuthenticationFailedException} with this as its cause.
 *
 * @since 0.1.0
 */
public class CredentialsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed, why, and what to do next
   * @param cause the cause, or null
   */
  public CredentialsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
