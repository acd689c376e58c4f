package io.github.ppgtest.management;

/**
 * Thrown when an answer is none of the Management API's: no JSON, a proxy's page, a redirect, a
 * field that is missing.
 *
 * @since 0.1.0
 */
public final class UnexpectedAnswerException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts; its reason says the unexpected part
   * @param advice what to do next, in whole sentences
   */
  public UnexpectedAnswerException(FailedRequest call, String advice) {
    super(call, advice, null);
  }
}
