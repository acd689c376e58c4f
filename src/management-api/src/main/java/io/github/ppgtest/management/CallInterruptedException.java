package io.github.ppgtest.management;

/**
 * Thrown when the calling thread was interrupted during a call. Its interrupt flag is set again.
 *
 * @since 0.1.0
 */
public final class CallInterruptedException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts
   * @param cause the interruption
   */
  public CallInterruptedException(FailedRequest call, InterruptedException cause) {
    super(
        call,
        call.method().equals("GET")
            ? "The thread was interrupted while it waited."
            : "The thread was interrupted while it waited; whether the API acted on the call is not"
                + " known.",
        cause);
  }
}
