package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GitHubActionsCredentialsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final String MINTED =
      "{\"data\":{\"id\":\"itgr_1\",\"type\":\"serviceToken\",\"value\":\"minted\","
          + "\"expiresAt\":\"2026-11-20T10:20:00.000Z\",\"workspaceId\":\"wksp_1\"}}";

  @AutoClose private final ScriptedApi server = new ScriptedApi();

  private GitHubActionsCredentials credentials(String requestUrl) {
    return credentials(job(requestUrl));
  }

  private static Map<String, String> job(String requestUrl) {
    return Map.of(
        "ACTIONS_ID_TOKEN_REQUEST_URL",
        requestUrl,
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
        "request-secret");
  }

  private GitHubActionsCredentials credentials(Map<String, String> environment) {
    return credentials(environment, NOW);
  }

  private GitHubActionsCredentials credentials(Map<String, String> environment, Instant now) {
    return GitHubActionsCredentials.builder()
        .environment(environment)
        .apiUrl(server.url())
        .lifetime(Duration.ofMinutes(20))
        .clock(Clock.fixed(now, ZoneOffset.UTC))
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "/idtoken/1?api-version=2.0, /idtoken/1?api-version=2.0&audience=prisma-cloud",
    "/idtoken/1, /idtoken/1?audience=prisma-cloud"
  })
  void asksGitHubAndThenPrisma(String path, String asked) {
    server.then(200, "{\"count\":1,\"value\":\"id-secret\"}").then(201, MINTED);

    assertThat(credentials(server.url() + path).token()).isEqualTo("minted");

    assertThat(server.lines())
        .containsExactly("GET " + asked, "POST /v1/auth/github-actions/token");
    assertThat(server.received().get(0).authorization()).isEqualTo("Bearer request-secret");
    assertThat(server.received().get(1).authorization()).isNull();
    assertThat(server.received().get(1).body())
        .isEqualTo("{\"token\":\"id-secret\",\"expiresInSeconds\":1200}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT2H", "PT19M30S", "PT0S", "PT-2H"})
  void useATokenForAsLongAsItLivesByWhateverClock(Duration ahead) {
    server.then(200, "{\"value\":\"id-secret\"}").then(201, MINTED);
    GitHubActionsCredentials credentials = credentials(job(server.url() + "/id"), NOW.plus(ahead));

    assertThat(List.of(credentials.token(), credentials.token())).containsOnly("minted");
    assertThat(server.lines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"})
  void sayWhichPermissionIsMissing(String only) {
    assertThat(GitHubActionsCredentials.areGrantedIn(Map.of(only, "x"))).isFalse();
    assertThatThrownBy(() -> credentials(Map.of(only, "a-secret-maybe")).token())
        .isInstanceOf(CredentialsException.class)
        .hasMessage(
            "This process may not ask GitHub for an OIDC token: ACTIONS_ID_TOKEN_REQUEST_URL and"
                + " ACTIONS_ID_TOKEN_REQUEST_TOKEN are not both set. Give the job the permission"
                + " `id-token: write`, and run in GitHub Actions; a pull request from a fork never"
                + " gets it. Or use a service token.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no url", "ftp://secret.example", "http:///secret", "secret"})
  void doNotQuoteAnAddressThatIsNone(String url) {
    assertThatThrownBy(() -> credentials(url).token())
        .isInstanceOf(CredentialsException.class)
        .hasMessage(
            "ACTIONS_ID_TOKEN_REQUEST_URL is no http or https URL: only GitHub's runner sets it.");
  }

  @Test
  void hideTheTokensWhoeverRepeatsThem() {
    server.then(403, "{\"message\":\"not with request-secret\",\"code\":\"no\"}");
    assertThatThrownBy(() -> credentials(server.url() + "/id").token())
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("not with [redacted]");

    server
        .then(200, "{\"value\":\"id-secret\"}")
        .then(401, "{\"error\":\"unauthorized\",\"errorDescription\":\"not id-secret\"}");
    assertThatThrownBy(() -> credentials(server.url() + "/id").token())
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("unauthorized: not [redacted]")
        .hasMessageContaining("Let the repository have tokens of " + server.url());
  }

  @Test
  void sayThatPrismaIsBroken() {
    server.then(200, "{\"value\":\"id-secret\"}").then(503, "");

    assertThatThrownBy(() -> credentials(server.url() + "/id").token())
        .isInstanceOf(CredentialsException.class)
        .hasMessage(
            "GitHub's OIDC token could not be exchanged for a service token at %s. POST"
                    .formatted(server.url())
                + " /v1/auth/github-actions/token was answered 503. Run the job again.");
  }

  @Test
  void showNoToken() {
    assertThat(credentials(server.url() + "/id"))
        .hasToString("GitHubActionsCredentials[" + server.url() + "]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.5S", "PT1H1S"})
  void refuseALifetimeThatPrismaDoesNotGive(Duration lifetime) {
    assertThatThrownBy(() -> GitHubActionsCredentials.builder().lifetime(lifetime))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lifetime must be from a second to an hour but is " + lifetime);
  }
}
