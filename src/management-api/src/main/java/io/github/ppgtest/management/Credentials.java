package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.ServiceTokenCredentials;
import java.util.Optional;

/**
 * Supplies the bearer token of each call.
 *
 * <p>A call that is answered 401 asks {@link #renew} for another token, and is repeated once with
 * it: a refused call had no effect, so that any may be repeated.
 *
 * <p>Implementations must be safe for use by several threads at once, and must show no token in
 * {@code toString}.
 *
 * @see OAuthCredentials
 * @see GitHubActionsCredentials
 * @since 0.1.0
 */
public interface Credentials {
  /**
   * Returns the token to use now. Asked before each attempt at a call, so it should be quick where
   * it can.
   *
   * @return the token, a secret: visible ASCII characters without spaces
   * @throws CredentialsException if there is none, saying what to do
   */
  String token();

  /**
   * Returns another token after the API answered 401 to one. Many threads may report the same token
   * at once: one renewal is enough for all.
   *
   * @param refused the token that was refused
   * @return a token to try next; empty where these credentials have no other
   * @throws CredentialsException if renewing it failed, saying what to do
   */
  Optional<String> renew(String refused);

  /**
   * Returns credentials of one service token, which does not change.
   *
   * @param token as Prisma Console gave it, a secret; never blank, without spaces or line ends
   * @return credentials that are equal to others of the same token
   * @throws IllegalArgumentException if it cannot be a token
   */
  static Credentials serviceToken(String token) {
    return new ServiceTokenCredentials(token);
  }
}
