package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorization server, by RFC 6749 and RFC 7636. */
final class OAuthApiTest {
  private static final String REDIRECT = "http://127.0.0.1:4711/callback?from=here";

  // The example of RFC 7636, appendix B.
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final TestClock clock = new TestClock();
  private final TestEmulator emulator =
      new TestEmulator(builder -> builder.clock(clock).authorizationServer(true));

  @AfterEach
  void close() {
    emulator.close();
  }

  private static Map<String, String> authorizing() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", "a client");
    parameters.put("redirect_uri", REDIRECT);
    parameters.put("scope", "workspace:admin offline_access");
    parameters.put("state", "a state & more");
    parameters.put("code_challenge", CHALLENGE);
    parameters.put("code_challenge_method", "S256");
    return parameters;
  }

  private static Map<String, String> redeeming(String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", REDIRECT);
    form.put("client_id", "a client");
    form.put("code_verifier", VERIFIER);
    return form;
  }

  private static Map<String, String> refreshing(String refreshToken) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", refreshToken);
    form.put("client_id", "a client");
    return form;
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(map);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private String path() {
    return emulator.emulator.authUrl().getPath();
  }

  private Answer authorize(Map<String, String> parameters) {
    return emulator.send("GET", path() + "/authorize?" + encoded(parameters), null, null);
  }

  private Answer token(Map<String, String> form) {
    return emulator.send("POST", path() + "/token", encoded(form), null);
  }

  /** What the redirect added to the query of the client's own. */
  private static Map<String, String> redirected(Answer answer) {
    assertThat(answer.status()).isEqualTo(302);
    String location = answer.http().headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(REDIRECT + "&");
    return Arrays.stream(URI.create(location).getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> !pair[0].equals("from"))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private String code() {
    return redirected(authorize(authorizing())).get("code");
  }

  private static String text(Answer answer, String field) {
    assertThat(answer.status()).isEqualTo(200);
    return answer.json().get(field).stringValue();
  }

  private static void assertError(Answer answer, int status, String error, String description) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.http().headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.json().propertyNames()).containsOnly("error", "error_description");
    assertThat(answer.json().get("error").stringValue()).isEqualTo(error);
    assertThat(answer.json().get("error_description").stringValue()).contains(description);
  }

  private int call(String token) {
    return emulator.send("GET", "/v1/projects", null, "Bearer " + token).status();
  }

  @Nested
  final class Authorize {
    @Test
    void sendsTheBrowserBackWithACodeAndTheState() {
      Map<String, String> parameters = redirected(authorize(authorizing()));

      assertThat(parameters).containsOnlyKeys("code", "state");
      assertThat(parameters).containsEntry("state", "a state & more");
      assertThat(parameters.get("code")).hasSize(43).isNotEqualTo(code());
    }

    @Test
    void addsNoStateWhereThereWasNone() {
      assertThat(redirected(authorize(with(authorizing(), "state", null))))
          .containsOnlyKeys("code");
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "absent",
        value = {
          "response_type, absent, invalid_request",
          "response_type, token, unsupported_response_type",
          "code_challenge, absent, invalid_request",
          "code_challenge, short, invalid_request",
          "code_challenge_method, absent, invalid_request",
          "code_challenge_method, plain, invalid_request",
          "scope, absent, invalid_scope",
          "scope, workspace:admin everything, invalid_scope",
        })
    void sendsTheBrowserBackWithAnError(String name, String value, String error) {
      assertThat(redirected(authorize(with(authorizing(), name, value))))
          .containsOnlyKeys("error", "error_description", "state")
          .containsEntry("error", error)
          .containsEntry("state", "a state & more");
    }

    @ParameterizedTest
    @CsvSource(
        nullValues = "absent",
        value = {
          "client_id, absent",
          "client_id, ''",
          "redirect_uri, absent",
          "redirect_uri, /callback",
          "redirect_uri, not a uri",
          "redirect_uri, http://example.com/callback",
          "redirect_uri, http://localhost.example.com/callback",
          "redirect_uri, https://example.com/#fragment",
          "redirect_uri, javascript:alert(1)",
          "redirect_uri, https:/callback",
          "redirect_uri, http://user@localhost/callback",
        })
    void keepsTheBrowserWhereItCannotTrustTheRedirect(String name, String value) {
      Answer page = authorize(with(authorizing(), name, value));

      assertThat(page.status()).isEqualTo(400);
      assertThat(page.http().headers().firstValue("Location")).isEmpty();
      assertThat(page.http().headers().firstValue("Content-Type"))
          .contains("text/html; charset=utf-8");
      assertThat(page.text()).contains("The login cannot begin: " + name);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"http://localhost/cb", "http://[::1]:1/cb", "https://example.com/cb?a=b"})
    void trustsHttpsAndTheLoopbackAddress(String redirect) {
      Answer answer = authorize(with(authorizing(), "redirect_uri", redirect));

      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.http().headers().firstValue("Location").orElseThrow()).startsWith(redirect);
    }
  }

  @Nested
  final class ACode {
    @Test
    void givesTokens() throws Exception {
      Answer answer = token(redeeming(code()));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.http().headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answer.json().propertyNames())
          .containsOnly("access_token", "token_type", "expires_in", "scope", "refresh_token");
      assertThat(text(answer, "token_type")).isEqualTo("Bearer");
      assertThat(text(answer, "scope")).isEqualTo("workspace:admin offline_access");
      assertThat(answer.json().get("expires_in").intValue()).isEqualTo(3600);
      var claims = SignedJWT.parse(text(answer, "access_token")).getJWTClaimsSet();
      assertThat(claims.getIssuer()).isEqualTo(emulator.emulator.authUrl().toString());
      assertThat(claims.getStringClaim("client_id")).isEqualTo("a client");
      assertThat(claims.getStringClaim("workspace_id"))
          .isEqualTo(emulator.get("/v1/workspaces").data("/0/id"));
      assertThat(claims.getExpirationTime()).isEqualTo(TestClock.START.plusSeconds(3600));
      assertThat(claims.getIssueTime()).isEqualTo(TestClock.START);
    }

    @Test
    void givesNoRefreshTokenWithoutOfflineAccess() {
      String code =
          redirected(authorize(with(authorizing(), "scope", "workspace:admin"))).get("code");

      assertThat(token(redeeming(code)).json().propertyNames()).doesNotContain("refresh_token");
    }

    @Test
    void thatIsUsedTwiceEndsWhatItGave() {
      String code = code();
      Answer tokens = token(redeeming(code));
      assertThat(call(text(tokens, "access_token"))).isEqualTo(200);

      assertError(token(redeeming(code)), 400, "invalid_grant", "used before");

      assertThat(call(text(tokens, "access_token"))).isEqualTo(401);
      assertError(
          token(refreshing(text(tokens, "refresh_token"))), 400, "invalid_grant", "revoked");
    }

    @ParameterizedTest
    @CsvSource({
      "code, another, is not known",
      "client_id, another, was not given to client \"another\"",
      "redirect_uri, http://127.0.0.1:4711/callback, redirect_uri",
      "code_verifier, another, code_verifier",
    })
    void isBoundToWhoAskedForIt(String name, String value, String description) {
      String code = code();

      assertError(token(with(redeeming(code), name, value)), 400, "invalid_grant", description);
      assertThat(token(redeeming(code)).status()).isEqualTo(200);
    }

    @Test
    void isGoodForTenMinutes() {
      String early = code();
      String late = code();
      clock.advance(Duration.ofMinutes(10).minusSeconds(1));
      assertThat(token(redeeming(early)).status()).isEqualTo(200);
      clock.advance(Duration.ofSeconds(1));

      assertError(token(redeeming(late)), 400, "invalid_grant", "expired");
    }
  }

  @Nested
  final class ARefreshToken {
    private final Answer first = token(redeeming(code()));

    @Test
    void givesAnotherOne() {
      Answer second = token(refreshing(text(first, "refresh_token")));

      assertThat(text(second, "refresh_token")).isNotEqualTo(text(first, "refresh_token"));
      assertThat(text(second, "access_token")).isNotEqualTo(text(first, "access_token"));
      assertThat(call(text(second, "access_token"))).isEqualTo(200);
      assertThat(token(refreshing(text(second, "refresh_token"))).status()).isEqualTo(200);
    }

    @Test
    void thatIsUsedTwiceEndsItsWholeFamily() {
      Answer second = token(refreshing(text(first, "refresh_token")));

      assertError(
          token(refreshing(text(first, "refresh_token"))), 400, "invalid_grant", "used before");

      assertThat(call(text(second, "access_token"))).isEqualTo(401);
      assertError(
          token(refreshing(text(second, "refresh_token"))), 400, "invalid_grant", "revoked");
      // Another login of the same client is not concerned.
      assertThat(token(redeeming(code())).status()).isEqualTo(200);
    }

    @Test
    void isGoodFor90DaysAndItsClient() {
      assertError(
          token(with(refreshing(text(first, "refresh_token")), "client_id", "another")),
          400,
          "invalid_grant",
          "was not given to client \"another\"");
      assertError(token(refreshing("unknown")), 400, "invalid_grant", "is not known");
      clock.advance(Duration.ofDays(90));

      assertError(
          token(refreshing(text(first, "refresh_token"))), 400, "invalid_grant", "has expired");
    }

    @Test
    void givesNoMoreThanTheLoginAllowed() {
      String code =
          redirected(authorize(with(authorizing(), "scope", "offline_access"))).get("code");
      String token = text(token(redeeming(code)), "refresh_token");

      assertError(
          token(with(refreshing(token), "scope", "workspace:admin")),
          400,
          "invalid_scope",
          "does not allow");
      assertThat(text(token(with(refreshing(token), "scope", "offline_access")), "scope"))
          .isEqualTo("offline_access");
    }
  }

  @Nested
  final class AnAccessToken {
    @Test
    void isGoodForAnHourBesideTheServiceToken() {
      String token = text(token(redeeming(code())), "access_token");
      clock.advance(Duration.ofHours(1).minusSeconds(1));
      assertThat(call(token)).isEqualTo(200);
      clock.advance(Duration.ofSeconds(1));

      Answer refused = emulator.send("GET", "/v1/projects", null, "Bearer " + token);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.message()).isEqualTo("The bearer token has expired.");
      assertThat(call(emulator.emulator.serviceToken())).isEqualTo(200);
    }

    @Test
    void standsForAUser() {
      String token = text(token(redeeming(code())), "access_token");

      Answer me = emulator.send("GET", "/v1/me", null, "Bearer " + token);

      assertThat(me.data("/user/id")).startsWith("usr_");
      assertThat(me.data("/user/email")).isEqualTo("developer@example.com");
      assertThat(me.data("/user/name")).isEqualTo("Developer");
      assertThat(me.data("/workspace/id")).startsWith("wksp_");
      assertThat(me.data("/credential/type")).isEqualTo("oauth");
      assertThat(me.data("/credential/id")).isEqualTo("a client");
      assertThat(me.data().at("/credential/name").isNull()).isTrue();
      assertThat(me.text()).doesNotContain(token);
    }
  }

  @Nested
  final class ABadRequestForTokens {
    @ParameterizedTest
    @CsvSource(
        nullValues = "absent",
        value = {
          "grant_type, absent, 400, invalid_request",
          "grant_type, password, 400, unsupported_grant_type",
          "code, absent, 400, invalid_request",
          "redirect_uri, absent, 400, invalid_request",
          "code_verifier, absent, 400, invalid_request",
          "client_id, absent, 401, invalid_client",
          "client_id, '', 401, invalid_client",
        })
    void saysWhatIsMissing(String name, String value, int status, String error) {
      assertError(token(with(redeeming("code"), name, value)), status, error, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type=%", "grant_type=%zz", "%a=b", "a=b&c=%2"})
    void isTheClientsFaultWhereItIsBadlyEncoded(String form) {
      assertError(
          emulator.send("POST", path() + "/token", form, null),
          400,
          "invalid_request",
          "hexadecimal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "&&=", "grant_type"})
    void isTheClientsFaultWhereItIsNoForm(String body) {
      assertError(
          emulator.send("POST", path() + "/token", body, null),
          400,
          "invalid_request",
          "grant_type");
    }
  }

  @Test
  void needsNoServiceTokenButTellsNoOtherPaths() {
    assertThat(emulator.send("GET", path() + "/authorize", null, null).status()).isEqualTo(400);
    assertThat(emulator.send("GET", path() + "/token", null, null).status()).isEqualTo(405);
    assertThat(emulator.send("GET", path() + "/other", null, null).status()).isEqualTo(401);
    assertThat(emulator.emulator.authUrl().toString())
        .matches(emulator.emulator.apiUrl() + "/auth/[\\w-]{43}");
  }
}
