package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.management.Credentials;
import io.github.ppgtest.management.CredentialsException;
import io.github.ppgtest.management.LoginRequiredException;
import io.github.ppgtest.management.OAuthCredentials;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tokens of a login; once they are no longer accepted, the exception names the command that
 * helps.
 */
final class LoginCredentials implements Credentials {
  private final OAuthCredentials tokens;

  LoginCredentials(OAuthCredentials tokens) {
    this.tokens = tokens;
  }

  @Override
  public String token() {
    return advising(tokens::token);
  }

  @Override
  public Optional<String> renew(String refused) {
    return advising(() -> tokens.renew(refused));
  }

  private static <T> T advising(Supplier<T> action) {
    try {
      return action.get();
    } catch (LoginRequiredException e) {
      throw new CredentialsException(e.problem() + " Log in again with: ppgtest login", e);
    }
  }

  @Override
  public String toString() {
    return "LoginCredentials[" + tokens + "]";
  }
}
