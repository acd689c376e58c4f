package io.github.ppgtest.management;

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
   * @param advice what to do next, in whole sentences
   */
  public UnexpectedAnswerException(FailedCall call, String advice) {
    super(call, advice, null);
  }
}
