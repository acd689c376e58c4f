package io.github.ppgtest.management;

import java.net.URI;

/**
 * Says that an answer came which the Management API does not give: no JSON, a proxy's page, a
 * redirect, a field that is missing.
 *
 * @since 0.1.0
 */
public final class UnexpectedAnswerException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts; its reason says what is unexpected
   * @param baseUrl the API's address
   */
  public UnexpectedAnswerException(FailedCall call, URI baseUrl) {
    super(
        call,
        (call.method().equals("POST") && call.status() / 100 == 2
                ? "The resource may have been created: look for it in Prisma Console. "
                : "")
            + "Check that "
            + baseUrl
            + " is the Management API (PPGTEST_API_URL sets another address) and that no proxy or"
            + " login page answers in its place.",
        null);
  }
}
