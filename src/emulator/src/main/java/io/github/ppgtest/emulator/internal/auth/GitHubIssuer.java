package io.github.ppgtest.emulator.internal.auth;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * GitHub's OIDC issuer, for one job of one repository. Its claims are those of a push to the branch
 * main. Safe for use by many threads.
 *
 * @param url the issuer's claim {@code iss}
 * @param requestToken the secret of the job
 * @param jwts signs the tokens
 * @param clock the source of time
 */
record GitHubIssuer(String url, String requestToken, LazyJwts jwts, Clock clock) {
  static final String PATH = "/github-actions/oidc/token";

  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final String OWNER = "octo-org";
  private static final String REPOSITORY = OWNER + "/octo-repo";
  private static final String REF = "refs/heads/main";
  private static final String WORKFLOW = REPOSITORY + "/.github/workflows/ci.yml@" + REF;
  private static final String SHA = "1f0e3dad99908345f7439f8ffabdffc4ff1f0e3d";

  /** Answers the job. */
  Response answer(Request request) {
    String shown = Callers.token(request.authorization().orElse(null));
    if (!MessageDigest.isEqual(bytes(requestToken), bytes(shown))) {
      throw ApiError.unauthenticated("The request token is not valid.");
    }
    String audience = request.query("audience").orElse("https://github.com/" + OWNER);
    return Response.bare(200, Map.of("value", idToken(audience)));
  }

  private String idToken(String audience) {
    return jwts.get().sign("JWT", url, audience, clock.instant().plus(LIFETIME), claims());
  }

  /** Returns the repository of a token; empty where the token is not valid. */
  Optional<String> repository(String idToken, String audience) {
    return jwts.get().verified(idToken, url, audience, "repository");
  }

  private static Map<String, String> claims() {
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("sub", "repo:" + REPOSITORY + ":ref:" + REF);
    claims.put("repository", REPOSITORY);
    claims.put("repository_id", "74");
    claims.put("repository_owner", OWNER);
    claims.put("repository_owner_id", "65");
    claims.put("repository_visibility", "private");
    claims.put("ref", REF);
    claims.put("ref_type", "branch");
    claims.put("ref_protected", "true");
    claims.put("head_ref", "");
    claims.put("base_ref", "");
    claims.put("sha", SHA);
    claims.put("event_name", "push");
    claims.put("actor", "octocat");
    claims.put("actor_id", "12");
    claims.put("workflow", "ci");
    claims.put("workflow_ref", WORKFLOW);
    claims.put("workflow_sha", SHA);
    claims.put("job_workflow_ref", WORKFLOW);
    claims.put("job_workflow_sha", SHA);
    claims.put("run_id", "30433642");
    claims.put("run_number", "1");
    claims.put("run_attempt", "1");
    claims.put("runner_environment", "github-hosted");
    return claims;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Leaves the request token out. */
  @Override
  public String toString() {
    return "GitHubIssuer[%s]".formatted(url);
  }
}
