package io.github.ppgtest.emulator.internal.auth;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.RequestBody;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.http.Timestamps;
import io.github.ppgtest.emulator.internal.state.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** {@code POST /v1/auth/github-actions/token}: a service token for a job of GitHub Actions. */
final class GitHubExchange {
  private static final String AUDIENCE = "prisma-cloud";
  private static final Duration DEFAULT = Duration.ofMinutes(30);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final GitHubIssuer issuer;
  private final Callers callers;
  private final RandomTokens random;
  private final Ids ids;
  private final String workspaceId;
  private final Clock clock;

  GitHubExchange(
      GitHubIssuer issuer,
      Callers callers,
      RandomTokens random,
      Ids ids,
      String workspaceId,
      Clock clock) {
    this.issuer = issuer;
    this.callers = callers;
    this.random = random;
    this.ids = ids;
    this.workspaceId = workspaceId;
    this.clock = clock;
  }

  Response answer(Request request) {
    RequestBody body = request.body(ApiError.UNPROCESSABLE);
    int seconds = body.positiveNumber("expiresInSeconds", (int) DEFAULT.toSeconds());
    Optional<String> repository =
        body.textOfAnyLength("token").flatMap(token -> issuer.repository(token, AUDIENCE));
    if (repository.isEmpty()) {
      // Nothing more, as Prisma does: it would tell which repositories are connected.
      return new Response(
          401,
          new Refusal("unauthorized", "The OIDC token is missing, expired or not valid."),
          Map.of());
    }
    String id = ids.next(Ids.INTEGRATION);
    String token = random.next();
    Instant expiresAt = clock.instant().plusSeconds(Math.min(seconds, LONGEST.toSeconds()));
    callers.admit(
        token, Caller.serviceToken(id, "GitHub Actions of " + repository.get()), expiresAt);
    return Response.data(
        201, new Minted(id, "serviceToken", token, Timestamps.of(expiresAt), workspaceId));
  }

  private record Refusal(String error, String errorDescription) {}

  private record Minted(
      String id, String type, String value, String expiresAt, String workspaceId) {
    @Override
    public String toString() {
      return "Minted[id=%s]".formatted(id);
    }
  }
}
