package io.github.ppgtest.management;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when no answer came: the API could not be reached, or the connection broke before it
 * answered.
 *
 * @since 0.1.0
 */
public final class ApiUnreachableException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  private final boolean mayHaveArrived;

  /**
   * Creates the exception.
   *
   * @param call the facts; its reason says why no answer came
   * @param advice what to do next, in whole sentences
   * @param mayHaveArrived whether the API may have got the request, and acted on it
   * @param cause the cause, or null where its message could carry a secret
   */
  public ApiUnreachableException(
      FailedRequest call, String advice, boolean mayHaveArrived, @Nullable Throwable cause) {
    super(call, advice, cause);
    this.mayHaveArrived = mayHaveArrived;
  }

  /**
   * Returns whether the API may have got the request, and acted on it, before the connection broke.
   *
   * @return false where no connection came about at all
   */
  public boolean mayHaveArrived() {
    return mayHaveArrived;
  }
}
