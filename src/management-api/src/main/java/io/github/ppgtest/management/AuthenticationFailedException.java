package io.github.ppgtest.management;

/**
 * Says that the API did not accept the service token (401).
 *
 * @since 0.1.0
 */
public final class AuthenticationFailedException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts
   */
  public AuthenticationFailedException(FailedCall call) {
    super(
        call,
        "The service token is invalid or expired: make one in Prisma Console, Workspace Settings, Service Tokens.",
        null);
  }
}
