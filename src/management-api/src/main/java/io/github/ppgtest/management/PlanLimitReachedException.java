package io.github.ppgtest.management;

/**
 * Says that the workspace has as many resources, or as much use, as its plan allows.
 *
 * @since 0.1.0
 */
public final class PlanLimitReachedException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts
   */
  public PlanLimitReachedException(FailedCall call) {
    super(
        call,
        "The workspace has reached the limit of its plan: delete databases or projects that nobody"
            + " needs (Prisma Console lists them), or choose a larger plan.",
        null);
  }
}
