package io.github.ppgtest.emulator.internal.auth;

import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.state.Ids;
import io.github.ppgtest.emulator.internal.state.User;
import io.github.ppgtest.emulator.internal.state.Workspace;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The routes that take no service token: the authorization server, GitHub's issuer and the exchange
 * of its tokens.
 */
public final class AuthRoutes {
  /** The prefix of the authorization server's paths. */
  public static final String BASE = "/auth";

  private AuthRoutes() {}

  /** Returns the environment variables of the job that the issuer serves. */
  public static Map<String, String> gitHubActionsEnvironment(URI apiUrl, String requestToken) {
    return Map.of(
        "ACTIONS_ID_TOKEN_REQUEST_URL",
        apiUrl + GitHubIssuer.PATH + "?api-version=2.0",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
        requestToken);
  }

  /**
   * Adds the routes.
   *
   * @param router the router to add to
   * @param callers registers the tokens that are given out
   * @param requestToken the secret of GitHub's job
   * @param authUrl the address below which the authorization server answers
   */
  public static void addTo(
      Router router,
      Workspace workspace,
      User user,
      Callers callers,
      RandomTokens random,
      Ids ids,
      String requestToken,
      URI apiUrl,
      URI authUrl,
      Clock clock) {
    LazyJwts jwts = new LazyJwts(clock);
    OAuthLogins logins =
        new OAuthLogins(
            callers,
            random,
            clock,
            (login, expiresAt) ->
                accessToken(jwts, authUrl.toString(), apiUrl, workspace, user, login, expiresAt));
    GitHubIssuer issuer =
        new GitHubIssuer(apiUrl + "/github-actions/oidc", requestToken, jwts, clock);
    router
        .get(BASE + "/authorize", new AuthorizeRoute(logins)::answer)
        .postForm(BASE + "/token", new TokenRoute(logins)::answer)
        .get(GitHubIssuer.PATH, issuer::answer)
        .post(
            "/v1/auth/github-actions/token",
            new GitHubExchange(issuer, callers, random, ids, workspace.id(), clock)::answer);
  }

  private static String accessToken(
      LazyJwts jwts,
      String authUrl,
      URI apiUrl,
      Workspace workspace,
      User user,
      Login login,
      Instant expiresAt) {
    return jwts.get()
        .sign(
            "at+jwt",
            authUrl,
            apiUrl.toString(),
            expiresAt,
            Map.of(
                "sub", user.id(),
                "jti", UUID.randomUUID().toString(),
                "client_id", login.clientId(),
                "scope", login.scopes().toString(),
                "workspace_id", workspace.id()));
  }
}
