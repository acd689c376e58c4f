package io.github.ppgtest.management;

/**
 * Thrown when only a new login helps: there are no tokens, or the authorization server no longer
 * accepts them. {@link OAuthLogin} is that login.
 *
 * @since 0.1.0
 */
public final class LoginRequiredException extends CredentialsException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  /**
   * Creates the exception.
   *
   * @param problem why, in whole sentences
   */
  public LoginRequiredException(String problem) {
    super(
        problem
            + " Log in again: OAuthLogin.builder() leads through it, and puts the tokens into the"
            + " token store that it is given.",
        null);
    this.problem = problem;
  }

  /**
   * Returns why, for a program that has another way to log in than the message advises.
   *
   * @return the message without its advice
   */
  public String problem() {
    return problem;
  }
}
