package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GitHub's OIDC issuer, and the exchange of its tokens. */
final class GitHubActionsApiTest {
  private static final String EXCHANGE = "/v1/auth/github-actions/token";

  private final TestClock clock = new TestClock();
  private final TestEmulator emulator =
      new TestEmulator(builder -> builder.clock(clock).authorizationServer(true));

  @AfterEach
  void close() {
    emulator.close();
  }

  private String variable(String name) {
    return emulator.emulator.gitHubActionsEnvironment().get(name);
  }

  private Answer issue(String audience, String token) {
    URI url = URI.create(variable("ACTIONS_ID_TOKEN_REQUEST_URL"));
    return emulator.send(
        "GET", url.getPath() + "?" + url.getQuery() + audience, null, "bearer " + token);
  }

  private String idToken(String audience) {
    return issue(audience, variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN"))
        .json()
        .get("value")
        .stringValue();
  }

  private Answer exchange(String body) {
    return emulator.send("POST", EXCHANGE, body, null);
  }

  private Answer exchangeToken(String token) {
    return exchange("{\"token\": \"%s\"}".formatted(token));
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().propertyNames()).containsOnly("error", "errorDescription");
    assertThat(answer.json().get("error").stringValue()).isEqualTo("unauthorized");
  }

  @Test
  void issuesTokensOfAJob() throws Exception {
    var claims = SignedJWT.parse(idToken("&audience=prisma-cloud")).getJWTClaimsSet();

    assertThat(claims.getAudience()).containsExactly("prisma-cloud");
    assertThat(claims.getSubject()).isEqualTo("repo:octo-org/octo-repo:ref:refs/heads/main");
    assertThat(claims.getStringClaim("repository")).isEqualTo("octo-org/octo-repo");
    assertThat(claims.getStringClaim("ref")).isEqualTo("refs/heads/main");
    assertThat(claims.getStringClaim("run_id")).isNotBlank();
    assertThat(claims.getExpirationTime()).isEqualTo(TestClock.START.plusSeconds(300));
    assertThat(SignedJWT.parse(idToken("")).getJWTClaimsSet().getAudience())
        .containsExactly("https://github.com/octo-org");
  }

  @Test
  void issuesThemForTheRequestTokenOnly() {
    for (String other : List.of("other", emulator.emulator.serviceToken())) {
      assertThat(issue("&audience=prisma-cloud", other).status()).isEqualTo(401);
    }
    String path = URI.create(variable("ACTIONS_ID_TOKEN_REQUEST_URL")).getPath();
    assertThat(emulator.send("GET", path, null, null).status()).isEqualTo(401);
  }

  @Test
  void givesAServiceTokenForThem() {
    Answer answer = exchangeToken(idToken("&audience=prisma-cloud"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().propertyNames()).containsOnly("data");
    assertThat(answer.data().propertyNames())
        .containsOnly("id", "type", "value", "expiresAt", "workspaceId");
    assertThat(answer.id()).startsWith("itgr_");
    assertThat(answer.data("/type")).isEqualTo("serviceToken");
    assertThat(answer.data("/expiresAt")).isEqualTo("2026-11-20T10:30:00.000Z");
    assertThat(answer.data("/workspaceId")).isEqualTo(emulator.get("/v1/workspaces").data("/0/id"));

    String authorization = "Bearer " + answer.data("/value");
    Answer me = emulator.send("GET", "/v1/me", null, authorization);
    assertThat(me.data().get("user").isNull()).isTrue();
    assertThat(me.data("/credential/type")).isEqualTo("service_token");
    assertThat(me.data("/credential/id")).isEqualTo(answer.id());
    clock.advance(Duration.ofMinutes(30));
    assertThat(emulator.send("GET", "/v1/me", null, authorization).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10:00:01",
    "3600, 11:00:00",
    "3601, 11:00:00",
    "99999999999999999999, 11:00:00",
  })
  void givesItForAsLongAsIsAskedUpToAnHour(String seconds, String end) {
    Answer answer =
        exchange(
            "{\"token\": \"%s\", \"expiresInSeconds\": %s}"
                .formatted(idToken("&audience=prisma-cloud"), seconds));

    assertThat(answer.data("/expiresAt")).isEqualTo("2026-11-20T" + end + ".000Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "\"60\"", "null"})
  void refusesALifetimeThatIsNone(String seconds) {
    Answer answer =
        exchange(
            "{\"token\": \"%s\", \"expiresInSeconds\": %s}"
                .formatted(idToken("&audience=prisma-cloud"), seconds));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.message())
        .isEqualTo("expiresInSeconds: must be a whole number of at least 1.");
  }

  @Test
  void refusesEveryOtherToken() throws Exception {
    assertRefused(exchange("{}"));
    assertRefused(exchangeToken("no token"));
    assertRefused(exchangeToken(idToken("&audience=another")));
    assertRefused(exchangeToken(emulator.emulator.serviceToken()));
    assertRefused(exchangeToken(unsigned(idToken("&audience=prisma-cloud"))));
    assertRefused(exchangeToken(signedBySomebodyElse(idToken("&audience=prisma-cloud"))));
    try (TestEmulator other =
        new TestEmulator(builder -> builder.clock(clock).authorizationServer(true))) {
      Answer refused =
          other.send(
              "POST",
              EXCHANGE,
              "{\"token\": \"%s\"}".formatted(idToken("&audience=prisma-cloud")),
              null);
      assertRefused(refused);
    }
  }

  @Test
  void refusesATokenThatHasExpired() {
    String token = idToken("&audience=prisma-cloud");
    clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    assertThat(exchangeToken(token).status()).isEqualTo(201);
    clock.advance(Duration.ofSeconds(1));

    assertRefused(exchangeToken(token));
  }

  private static String unsigned(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }

  private static String signedBySomebodyElse(String token) throws Exception {
    SignedJWT forged =
        new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), SignedJWT.parse(token).getJWTClaimsSet());
    forged.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));
    return forged.serialize();
  }
}
