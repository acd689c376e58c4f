package io.github.ppgtest.management;

/**
 * Thrown when a change may or may not have been made: the answer was lost. The call was not
 * repeated, as that would make the change twice.
 *
 * @since 0.1.0
 */
public final class ChangeUncertainException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param lost the failure that lost the answer
   * @param advice what may be the case now and what to do, in whole sentences
   */
  public ChangeUncertainException(ManagementApiException lost, String advice) {
    super(lost.call(), advice, lost);
  }
}
