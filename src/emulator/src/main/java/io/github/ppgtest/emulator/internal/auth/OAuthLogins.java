package io.github.ppgtest.emulator.internal.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.ppgtest.emulator.internal.http.ApiError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The codes and refresh tokens that were given out. Each can be used once; a second use ends the
 * login, with all its tokens. Safe for use by many threads.
 */
final class OAuthLogins {
  static final Duration ACCESS = Duration.ofHours(1);
  static final Duration REFRESH = Duration.ofDays(90);

  private final Callers callers;
  private final RandomTokens random;
  private final Clock clock;

  /** Makes an access token for a login, with its expiry. */
  private final BiFunction<Login, Instant, String> accessTokens;

  // All three guarded by this.
  private final Map<String, AuthorizationCode> codes = new HashMap<>();
  private final Map<String, Login> usedCodes = new HashMap<>();
  private final Map<String, RefreshToken> refreshTokens = new HashMap<>();

  OAuthLogins(
      Callers callers,
      RandomTokens random,
      Clock clock,
      BiFunction<Login, Instant, String> accessTokens) {
    this.callers = callers;
    this.random = random;
    this.clock = clock;
    this.accessTokens = accessTokens;
  }

  private record RefreshToken(Login login, Instant expiresAt, boolean used) {
    RefreshToken asUsed() {
      return new RefreshToken(login, expiresAt, true);
    }
  }

  /** The answer of the token endpoint. */
  record Tokens(
      String access_token,
      String token_type,
      long expires_in,
      String scope,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String refresh_token) {
    @Override
    public String toString() {
      return "Tokens[scope=%s]".formatted(scope);
    }
  }

  /** Gives out a code. */
  synchronized String code(String clientId, String redirectUri, String challenge, Scopes scopes) {
    codes.values().removeIf(old -> old.isOver(clock.instant().minus(AuthorizationCode.LIFETIME)));
    String code = random.next();
    codes.put(
        code, new AuthorizationCode(clientId, redirectUri, challenge, scopes, clock.instant()));
    return code;
  }

  /**
   * Exchanges a code.
   *
   * @throws OAuthError where it is not valid, or not for this
   */
  synchronized Tokens redeem(String code, String clientId, String redirectUri, String verifier) {
    Login used = usedCodes.get(code);
    if (used != null) {
      used.revoke(callers);
      throw OAuthError.invalidGrant(
          "The code has been used before; the tokens that it gave are revoked.");
    }
    AuthorizationCode known = codes.get(code);
    if (known == null) {
      throw OAuthError.invalidGrant("The code is not known.");
    }
    known.check(clientId, redirectUri, verifier, clock.instant());
    codes.remove(code);
    Login login = new Login(clientId, known.scopes());
    usedCodes.put(code, login);
    return tokens(login, login.scopes());
  }

  /**
   * Exchanges a refresh token for new tokens.
   *
   * @param scopes the scopes of the new access token, or null for the same as before
   * @throws OAuthError where it is not valid, or not for this
   */
  synchronized Tokens refresh(String refreshToken, String clientId, @Nullable Scopes scopes) {
    RefreshToken known = refreshTokens.get(refreshToken);
    if (known == null) {
      throw OAuthError.invalidGrant("The refresh token is not known.");
    }
    Login login = known.login();
    if (!login.clientId().equals(clientId)) {
      throw OAuthError.invalidGrant(
          "The refresh token was not given to client %s.".formatted(ApiError.quote(clientId)));
    }
    if (known.used()) {
      login.revoke(callers);
      throw OAuthError.invalidGrant(
          "The refresh token has been used before; all tokens of its login are revoked.");
    }
    if (login.isRevoked()) {
      throw OAuthError.invalidGrant("The login has been revoked.");
    }
    if (!clock.instant().isBefore(known.expiresAt())) {
      throw OAuthError.invalidGrant("The refresh token has expired.");
    }
    if (scopes != null && !login.scopes().includes(scopes)) {
      throw OAuthError.invalidScope("The login does not allow all of these scopes.");
    }
    refreshTokens.put(refreshToken, known.asUsed());
    return tokens(login, scopes == null ? login.scopes() : scopes);
  }

  private Tokens tokens(Login login, Scopes scopes) {
    Instant expiresAt = clock.instant().plus(ACCESS);
    String accessToken = accessTokens.apply(login, expiresAt);
    login.add(accessToken);
    callers.admit(accessToken, Caller.oauth(login.clientId()), expiresAt);
    return new Tokens(
        accessToken,
        "Bearer",
        ACCESS.toSeconds(),
        scopes.toString(),
        login.scopes().offlineAccess() ? refreshToken(login) : null);
  }

  private String refreshToken(Login login) {
    String token = random.next();
    refreshTokens.put(token, new RefreshToken(login, clock.instant().plus(REFRESH), false));
    return token;
  }
}
