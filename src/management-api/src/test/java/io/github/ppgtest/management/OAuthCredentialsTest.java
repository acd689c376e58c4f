package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OAuthCredentialsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final OAuthTokens OLD =
      new OAuthTokens("old-access", "old-refresh", "wksp_1", null);

  @AutoClose private final ScriptedApi server = new ScriptedApi();
  private final TokenStore store = TokenStore.inMemory();
  private final OAuthCredentials credentials = credentials(store);

  private OAuthCredentials credentials(TokenStore tokens) {
    return OAuthCredentials.builder()
        .clientId("my-client")
        .tokenStore(tokens)
        .authUrl(server.url())
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .build();
  }

  private static String answer(String accessToken, String more) {
    return "{\"access_token\":\"" + accessToken + "\",\"token_type\":\"Bearer\"" + more + "}";
  }

  private static String jwt(String claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return "eyJhbGciOiJub25lIn0."
        + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }

  private OAuthTokens refreshed(String json) {
    store.save(OLD);
    server.then(200, json);
    credentials.renew("old-access");
    return store.load().orElseThrow();
  }

  @Nested
  final class Renewing {
    @Test
    void sendsTheRefreshTokenAsAForm() {
      OAuthTokens tokens =
          refreshed(answer("new-access", ",\"refresh_token\":\"new-refresh\",\"expires_in\":60"));

      assertThat(tokens)
          .isEqualTo(new OAuthTokens("new-access", "new-refresh", null, NOW.plusSeconds(60)));
      assertThat(server.lines()).containsExactly("POST /token");
      assertThat(server.received().get(0).body())
          .isEqualTo("grant_type=refresh_token&refresh_token=old-refresh&client_id=my-client");
      assertThat(server.received().get(0).authorization()).isNull();
    }

    @Test
    void readsExpiryAndWorkspaceFromTheTokenWhereTheAnswerDoesNotSay() {
      String token = jwt("{\"exp\":1795000000,\"workspace_id\":\"wksp_2\"}");

      assertThat(refreshed(answer(token, ",\"refresh_token\":\"new\"")))
          .isEqualTo(new OAuthTokens(token, "new", "wksp_2", Instant.ofEpochSecond(1_795_000_000)));
    }

    @Test
    void keepsTheRefreshTokenWhereItGetsNoOther() {
      assertThat(refreshed(answer("new-access", "")).refreshToken()).isEqualTo("old-refresh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a.!.c", "a.bnVsbA.c", "..", "a.e30.c"})
    void takesATokenThatSaysNothingOfItself(String token) {
      assertThat(refreshed(answer(token, "")))
          .isEqualTo(new OAuthTokens(token, "old-refresh", null, null));
    }

    @Test
    void takesWhatSomebodyElseHasGotMeanwhile() {
      store.save(OLD);

      assertThat(credentials.renew("an-older-one")).contains("old-access");
      assertThat(server.lines()).isEmpty();
    }

    @Test
    void happensBeforeTheExpiry() {
      store.save(new OAuthTokens("old-access", "old-refresh", null, NOW.plusSeconds(60)));
      server.then(200, answer("new-access", ",\"expires_in\":3600"));

      assertThat(credentials.token()).isEqualTo("new-access");
      assertThat(credentials.token()).isEqualTo("new-access");
      assertThat(server.lines()).hasSize(1);
    }

    @Test
    void isPutOffWhereItFailsWhileTheTokenIsGood() {
      store.save(new OAuthTokens("old-access", "old-refresh", null, NOW.plusSeconds(30)));
      server.thenError(400, "invalid_client", "Who?");

      assertThat(credentials.token()).isEqualTo("old-access");
      assertThat(credentials.token()).isEqualTo("old-access");
      assertThat(server.lines()).hasSize(1);
    }

    @Test
    void isFinishedByAThreadThatIsInterrupted() {
      store.save(OLD);
      server.then(200, answer("new-access", ",\"refresh_token\":\"new-refresh\""));
      Thread.currentThread().interrupt();

      assertThat(credentials.renew("old-access")).contains("new-access");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(store.load().map(OAuthTokens::refreshToken)).contains("new-refresh");
    }

    @Test
    void goesOnInThisProcessWhereTheNewTokensCannotBeStored() {
      store.save(OLD);
      OAuthCredentials unlucky = credentials(new FullStore(store));
      assertThat(unlucky.token()).isEqualTo("old-access");
      server.then(200, answer("new-access", ",\"refresh_token\":\"new-refresh\""));

      assertThatThrownBy(() -> unlucky.renew("old-access"))
          .isInstanceOf(CredentialsException.class)
          .hasMessage(
              "The access token was refreshed, but the new tokens could not be stored in a full"
                  + " disk, and the refresh token there is used up. No space. Mend that and log in"
                  + " again.");
      assertThat(unlucky.token()).isEqualTo("new-access");
    }
  }

  @Nested
  final class Failing {
    @Test
    void asksForALoginWhereThereAreNoTokens() {
      assertThatThrownBy(credentials::token)
          .isInstanceOf(LoginRequiredException.class)
          .hasMessage(
              "Nobody is logged in: there are no tokens in the memory of this JVM. Log in again:"
                  + " OAuthLogin.builder() leads through it, and puts the tokens into the token"
                  + " store that it is given.");
    }

    @Test
    void keepsTheTokensWhereTheClientIsNotKnown() {
      store.save(OLD);
      server.then(
          401,
          "{\"error\":\"invalid_client\",\"error_description\":\"Not old-refresh of my-client\"}");

      assertThatThrownBy(() -> credentials.renew("old-access"))
          .isInstanceOf(CredentialsException.class)
          .isNotInstanceOf(LoginRequiredException.class)
          .hasMessage(
              "The access token could not be refreshed at %s. POST /token was answered 401:"
                      .formatted(server.url())
                  + " invalid_client: Not [redacted] of my-client. The tokens in the memory of this"
                  + " JVM are still good: try again, and check the client id and the network.");
      assertThat(store.load()).contains(OLD);
    }

    @Test
    void forgetsTheTokensWhereTheGrantIsInvalid() {
      store.save(OLD);
      server.then(400, "{\"error\":\"invalid_grant\"}");

      assertThatThrownBy(() -> credentials.renew("old-access"))
          .isInstanceOf(LoginRequiredException.class);
      assertThat(store.load()).isEmpty();
    }

    @Test
    void doesNotForgetTheTokensOfSomebodyWhoLoggedInMeanwhile() {
      store.save(OLD);
      OAuthTokens others = new OAuthTokens("others", "others-refresh", null, null);
      server.then(
          exchange -> {
            store.save(others);
            ScriptedApi.answer(400, "application/json", "{\"error\":\"invalid_grant\"}")
                .to(exchange);
          });

      assertThatThrownBy(() -> credentials.renew("old-access"))
          .isInstanceOf(LoginRequiredException.class);
      assertThat(store.load()).contains(others);
    }

    static Stream<ScriptedApi.Reply> lostAnswers() {
      return Stream.of(
          ScriptedApi.cut(),
          ScriptedApi.silence(),
          ScriptedApi.answer(503, "application/json", ""),
          ScriptedApi.answer(200, "text/html", "<p>Welcome"),
          ScriptedApi.answer(200, "application/json", "{\"access_token\":\"new-access\""));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void doesNotSendARefreshTokenAgainWhoseAnswerWasLost(ScriptedApi.Reply reply) {
      store.save(OLD);
      server.then(reply);

      assertThatThrownBy(() -> credentials.renew("old-access"))
          .isInstanceOf(CredentialsException.class)
          .hasMessageStartingWith(
              "The access token was not refreshed at " + server.url() + ", or its answer was lost.")
          .hasMessageEndingWith(
              "A refresh token can be used once, so this was not repeated. The next call tries once"
                  + " more; if the token is used up, that says so, and you log in again.")
          .hasMessageNotContaining("old-refresh")
          .hasMessageNotContaining("new-access");
      assertThat(server.lines()).hasSize(1);
      assertThat(store.load()).contains(OLD);
    }

    @Test
    void usesAGoodTokenToItsEndWhereTheAnswerWasLost() {
      store.save(new OAuthTokens("old-access", "old-refresh", null, NOW.plusSeconds(30)));
      server.then(ScriptedApi.silence());

      assertThat(credentials.token()).isEqualTo("old-access");
      assertThat(credentials.token()).isEqualTo("old-access");
      assertThat(server.lines()).hasSize(1);
    }

    @Test
    void repeatsWhatSurelyHadNoEffect() {
      store.save(OLD);
      server
          .then(ScriptedApi.answer(429, "application/json", "{}", "Retry-After", "0"))
          .then(200, answer("new-access", ""));

      assertThat(credentials.renew("old-access")).contains("new-access");
      assertThat(server.lines()).hasSize(2);
    }
  }

  @Test
  void showNoToken() {
    store.save(OLD);
    credentials.token();

    assertThat(credentials)
        .hasToString("OAuthCredentials[" + server.url() + ", the memory of this JVM]");
  }

  @Test
  void needAClientAndAStore() {
    assertThatThrownBy(() -> OAuthCredentials.builder().clientId("c").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("OAuthCredentials need a clientId and a tokenStore");
  }

  /** A store that gives and does not take. */
  private record FullStore(TokenStore store) implements TokenStore {
    @Override
    public Optional<OAuthTokens> load() {
      return store.load();
    }

    @Override
    public void save(OAuthTokens tokens) {
      throw new CredentialsException("No space.", null);
    }

    @Override
    public void clear() {
      store.clear();
    }

    @Override
    public <T> T locked(Supplier<T> action) {
      return store.locked(action);
    }

    @Override
    public String toString() {
      return "a full disk";
    }
  }
}
