package io.github.ppgtest.management;

/**
 * Thrown when a resource may or may not have been created: the answer was lost, and looking for the
 * resource did not settle it.
 *
 * @since 0.1.0
 */
public final class CreationUncertainException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param lost the failure that lost the answer
   * @param why why it is not settled, in whole sentences
   * @param advice what to do next, in whole sentences
   */
  public CreationUncertainException(ManagementApiException lost, String why, String advice) {
    super(lost.call(), why + " " + advice, lost);
  }
}
