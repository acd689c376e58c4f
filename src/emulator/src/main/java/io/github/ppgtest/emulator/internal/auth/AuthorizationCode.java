package io.github.ppgtest.emulator.internal.auth;

import io.github.ppgtest.emulator.internal.http.ApiError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * The grant of an authorization code.
 *
 * @param clientId the client that asked for it
 * @param redirectUri the address it was sent to
 * @param challenge the hash of the verifier that has to come with it
 * @param scopes the scopes that it allows
 * @param issuedAt the time of issue
 */
record AuthorizationCode(
    String clientId, String redirectUri, String challenge, Scopes scopes, Instant issuedAt) {
  static final Duration LIFETIME = Duration.ofMinutes(10);

  boolean isOver(Instant now) {
    return !now.isBefore(issuedAt.plus(LIFETIME));
  }

  /**
   * Checks the parameters that come with the code.
   *
   * @throws OAuthError where they do not match its grant
   */
  void check(String client, String redirect, String verifier, Instant now) {
    if (isOver(now)) {
      throw OAuthError.invalidGrant("The code has expired.");
    }
    if (!client.equals(clientId)) {
      throw OAuthError.invalidGrant(
          "The code was not given to client %s.".formatted(ApiError.quote(client)));
    }
    if (!redirect.equals(redirectUri)) {
      throw OAuthError.invalidGrant("The redirect_uri is not the one that the code was sent to.");
    }
    if (!MessageDigest.isEqual(
        challenge.getBytes(StandardCharsets.US_ASCII),
        hash(verifier).getBytes(StandardCharsets.US_ASCII))) {
      throw OAuthError.invalidGrant("The code_verifier does not fit the code_challenge.");
    }
  }

  private static String hash(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
