package io.github.ppgtest.management;

/**
 * Thrown when the call does not fit the resource's state (409).
 *
 * @since 0.1.0
 */
public final class ConflictException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts
   */
  public ConflictException(FailedRequest call) {
    super(
        call,
        "The resource is in another state than the call needs: wait until it is ready, or choose another logicalId if one is taken.",
        null);
  }
}
