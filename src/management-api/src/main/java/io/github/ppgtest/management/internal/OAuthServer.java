package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.OAuthTokens;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The token endpoint of an authorization server. It throws the exceptions of calls, which have the
 * status and the code.
 *
 * @param url the server's address
 * @param clientId the client's id
 * @param clock the source of time
 */
public record OAuthServer(URI url, String clientId, Clock clock) {
  private static final int LONGEST_QUOTE = 300;

  /** Makes a browser's text fit for a message: one short line without secrets. */
  public static String harmless(String said) {
    return Printable.oneLine(new Redaction().apply(said), LONGEST_QUOTE);
  }

  /** Exchanges the code of a login for its tokens. */
  public OAuthTokens redeem(String code, URI redirectUri, String verifier) {
    ObjectNode form = Json.object();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirectUri.toString());
    form.put("client_id", clientId);
    form.put("code_verifier", verifier);
    return exchange(form, null, List.of(code, verifier));
  }

  /** Exchanges a refresh token, which is used up then, for new tokens. */
  public OAuthTokens refresh(String refreshToken) {
    ObjectNode form = Json.object();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", refreshToken);
    form.put("client_id", clientId);
    return exchange(form, refreshToken, List.of(refreshToken));
  }

  private OAuthTokens exchange(
      ObjectNode form, @Nullable String refreshToken, List<String> secrets) {
    try (ApiClient client = TokenServers.client(url, null, clock)) {
      secrets.forEach(client::keepSecret);
      return client.one(ApiCall.form("/token", form), json -> tokens(json, refreshToken));
    }
  }

  private OAuthTokens tokens(Fields json, @Nullable String refreshToken) {
    String type = json.optionalRaw("token_type");
    if (type != null && !type.toLowerCase(Locale.ROOT).equals("bearer")) {
      throw new UnexpectedShapeException("token_type is not Bearer");
    }
    String accessToken = json.token("access_token");
    if (!BearerTokens.fits(accessToken)) {
      throw new UnexpectedShapeException("access_token is no token");
    }
    String next = json.optionalRaw("refresh_token");
    Jwt claims = Jwt.read(accessToken);
    return new OAuthTokens(
        accessToken,
        // A server without a new one accepts the old one again.
        next == null ? refreshToken : next,
        claims.workspaceId(),
        expiresAt(json, claims));
  }

  /** Computed from this machine's time where possible: that may differ from the server's. */
  private @Nullable Instant expiresAt(Fields json, Jwt claims) {
    Duration lifetime = json.optionalSeconds("expires_in");
    return lifetime == null ? claims.expiresAt() : clock.instant().plus(lifetime);
  }
}
