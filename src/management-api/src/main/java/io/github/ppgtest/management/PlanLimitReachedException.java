package io.github.ppgtest.management;

/**
 * Thrown when the workspace has as many resources, or as much use, as its plan allows.
 *
 * @since 0.1.0
 */
public final class PlanLimitReachedException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts
   * @param advice what to do next, in whole sentences
   */
  public PlanLimitReachedException(FailedRequest call, String advice) {
    super(call, advice, null);
  }
}
