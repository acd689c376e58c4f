package io.github.ppgtest.management;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the API did not accept the token (401), or there was none to send; then its cause is
 * the {@link CredentialsException} that says why.
 *
 * @since 0.1.0
 */
public final class AuthenticationFailedException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts
   * @param advice what to do next, in whole sentences
   * @param cause why there was no token, or null
   */
  public AuthenticationFailedException(
      FailedRequest call, String advice, @Nullable CredentialsException cause) {
    super(call, advice, cause);
  }
}
