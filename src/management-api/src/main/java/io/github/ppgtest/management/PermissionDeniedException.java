package io.github.ppgtest.management;

/**
 * Thrown when the service token is good but may not do this (403).
 *
 * @since 0.1.0
 */
public final class PermissionDeniedException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts
   */
  public PermissionDeniedException(FailedRequest call) {
    super(
        call,
        "The service token may not do this: check that the resource belongs to the token's workspace, and that it is not a project's default database, which goes only with its project.",
        null);
  }
}
