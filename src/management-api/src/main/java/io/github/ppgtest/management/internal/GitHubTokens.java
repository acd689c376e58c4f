package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.Credentials;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two calls between a job of GitHub Actions and a service token. They throw the exceptions of
 * calls.
 */
public final class GitHubTokens {
  private static final String AUDIENCE = "prisma-cloud";

  private GitHubTokens() {}

  /**
   * A service token that expires.
   *
   * @param value the secret
   * @param expiresAt when it expires by this machine's clock, if the server gave the whole
   *     requested lifetime; where it gave less, a refusal shows it
   */
  public record Minted(String value, Instant expiresAt) {
    @Override
    public String toString() {
      return "Minted[expiresAt=" + expiresAt + "]";
    }
  }

  /** Requests GitHub's token that identifies this job. */
  public static String idToken(URI requestUrl, String requestToken, Clock clock) {
    String query = requestUrl.getRawQuery();
    String path = requestUrl.getRawPath() + (query == null ? "?" : "?" + query + "&");
    try (ApiClient client =
        TokenServers.client(origin(requestUrl), Credentials.serviceToken(requestToken), clock)) {
      return client.one(ApiCall.get(path + "audience=" + AUDIENCE), json -> json.token("value"));
    }
  }

  /** Asks Prisma for a service token in exchange for it. */
  public static Minted exchange(URI apiUrl, String idToken, Duration lifetime, Clock clock) {
    ObjectNode body = Json.object();
    body.put("token", idToken);
    body.put("expiresInSeconds", lifetime.toSeconds());
    try (ApiClient client = TokenServers.client(apiUrl, null, clock)) {
      client.keepSecret(idToken);
      // By this machine's clock, which may differ from the server's; taken beforehand, so that it
      // is never too late.
      Instant expiresAt = clock.instant().plus(lifetime);
      return client.one(
          ApiCall.post("/v1/auth/github-actions/token", body), json -> minted(json, expiresAt));
    }
  }

  private static Minted minted(Fields json, Instant expiresAt) {
    String value = json.token("value");
    if (!BearerTokens.fits(value)) {
      throw new UnexpectedShapeException("value is no token");
    }
    return new Minted(value, expiresAt);
  }

  private static URI origin(URI url) {
    return URI.create(url.getScheme() + "://" + url.getRawAuthority());
  }
}
