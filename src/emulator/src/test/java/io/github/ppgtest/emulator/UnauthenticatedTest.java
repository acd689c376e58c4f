package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What another user of this machine, and a page in a browser, get from the emulator: nothing. */
final class UnauthenticatedTest {
  private static final String AUTHORIZE =
      "/authorize?response_type=code&client_id=a&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb"
          + "&scope=workspace:admin&code_challenge_method=S256"
          + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final TestEmulator plain = new TestEmulator();
  private final TestEmulator open =
      new TestEmulator(builder -> builder.authorizationServer(true).createDb(true));

  @AfterEach
  void close() {
    try (plain;
        open) {}
  }

  @Nested
  final class AnotherUser {
    @ParameterizedTest
    @CsvSource({
      "GET, /auth" + AUTHORIZE,
      "GET, /auth//authorize",
      "GET, /%61uth/authorize",
      "GET, /auth%2Fauthorize",
      "POST, /%61uth%2ftoken",
      "GET, /create%2Ddb/regions",
      "POST, /auth/token",
      "GET, /github-actions/oidc/token",
      "GET, /create-db/health",
      "GET, /create-db/regions",
      "POST, /create-db/create",
      "POST, /create-db/analytics",
      "GET, /create-db/claim?projectID=proj_1",
      "GET, /auth/secret" + AUTHORIZE,
      "POST, /create-db/secret/create",
      "GET, /create-db",
      "GET, /auth/",
      "GET, /v1/projects",
    })
    void isTurnedAwayWhetherTheServiceIsThereOrNot(String method, String path) {
      for (TestEmulator emulator : new TestEmulator[] {plain, open}) {
        Answer refused = emulator.send(method, path, null, null);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.message()).isEqualTo("The request carries no bearer token.");
      }
    }

    @Test
    void findsNoServiceThatWasNotAskedFor() {
      assertThatIllegalStateException()
          .isThrownBy(plain.emulator::authUrl)
          .withMessageStartingWith("The authorization server of this emulator is off,")
          .withMessageEndingWith("PrismaPostgresEmulator.builder().authorizationServer(true).");
      assertThatIllegalStateException()
          .isThrownBy(plain.emulator::gitHubActionsEnvironment)
          .withMessageContaining("The issuer of OIDC tokens of this emulator is off,");
      assertThatIllegalStateException()
          .isThrownBy(plain.emulator::createDbUrl)
          .withMessageContaining("The create-db service of this emulator is off,")
          .withMessageContaining("createDb(true)");
      assertThat(plain.post("/v1/auth/github-actions/token", "{}").status()).isEqualTo(404);
    }

    @Test
    void needsTheSecretOfThisEmulator() {
      String path = open.emulator.authUrl().getPath();
      assertThat(open.send("GET", path + AUTHORIZE, null, null).status()).isEqualTo(302);
      for (String wrong :
          new String[] {
            path.substring(0, path.length() - 1),
            path + "x",
            path.toUpperCase(Locale.ROOT),
            path.replace("/auth/", "/create-db/"),
            open.emulator.createDbUrl().getPath().replace("/create-db/", "/auth/") + "x",
          }) {
        assertThat(open.send("GET", wrong + AUTHORIZE, null, null).status())
            .as(wrong)
            .isEqualTo(401);
      }
    }

    @Test
    void findsNoSecretInTheEmulatorsText() {
      String secret = open.emulator.authUrl().getPath().substring("/auth/".length());
      assertThat(open.emulator + " " + open.emulator.faults())
          .doesNotContain(secret, open.emulator.serviceToken());
    }
  }

  @Nested
  final class APage {
    private Map<String, String> asAProgramDoes(TestEmulator emulator) {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Host", emulator.emulator.apiUrl().getAuthority());
      headers.put("Authorization", "Bearer " + emulator.emulator.serviceToken());
      return headers;
    }

    private int status(String method, String target, Map<String, String> headers)
        throws IOException {
      return HostileClient.status(open.emulator.apiUrl(), method, target, headers);
    }

    private int port() {
      return open.emulator.apiUrl().getPort();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "evil.example:PORT",
          "evil.example",
          "127.0.0.1",
          "127.0.0.1:1",
          "127.0.0.1.evil.example:PORT",
          "localhost.evil.example:PORT",
          "evil.example:PORT@127.0.0.1:PORT",
          "127.0.0.1:PORT, evil.example",
          "0.0.0.0:PORT",
          "[::]:PORT",
          "''",
          "",
        })
    void thatHasRebountItsNameIsAnswered421(String host) throws Exception {
      Map<String, String> headers = asAProgramDoes(open);
      headers.put("Host", host.replace("PORT", Integer.toString(port())));
      for (String path :
          new String[] {
            "/v1/projects",
            open.emulator.createDbUrl().getPath() + "/regions",
            open.emulator.authUrl().getPath() + AUTHORIZE,
            "/"
          }) {
        assertThat(status("GET", path, headers)).as(path).isIn(400, 421);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"})
    void isNotWhoNamesThisMachine(String host) throws Exception {
      Map<String, String> headers = asAProgramDoes(open);
      headers.put("Host", host.replace("PORT", Integer.toString(port())));
      assertThat(status("GET", "/v1/projects", headers)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://evil.example",
          "https://127.0.0.1:PORT",
          "http://127.0.0.1:1",
          "http://127.0.0.1:PORT.evil.example",
          "null",
          "file://",
        })
    void ofAnotherOriginIsForbidden(String origin) throws Exception {
      Map<String, String> headers = asAProgramDoes(open);
      headers.put("Origin", origin.replace("PORT", Integer.toString(port())));
      assertThat(status("GET", "/v1/projects", headers)).isEqualTo(403);
      assertThat(status("OPTIONS", "/v1/projects", headers)).isEqualTo(403);
      assertThat(status("POST", open.emulator.createDbUrl().getPath() + "/create", headers))
          .isEqualTo(403);
      assertThat(status("POST", open.emulator.authUrl().getPath() + "/token", headers))
          .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
      "cross-site, no-cors, 403",
      "same-site, cors, 403",
      "cross-site, navigate, 200",
      "none, navigate, 200",
      "same-origin, cors, 200",
    })
    void isKnownByWhatItsBrowserSays(String site, String mode, int status) throws Exception {
      Map<String, String> headers = asAProgramDoes(open);
      headers.put("Sec-Fetch-Site", site);
      headers.put("Sec-Fetch-Mode", mode);
      assertThat(status("GET", open.emulator.createDbUrl().getPath() + "/regions", headers))
          .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
      "/v1/projects, text/plain",
      "/v1/projects, application/x-www-form-urlencoded",
      "/v1/projects, multipart/form-data; boundary=x",
      "/v1/projects, application/jsonp",
      "/v1/projects, 'text/plain; a=application/json'",
      "CREATE_DB/create, text/plain",
      "AUTH/token, text/plain",
      "AUTH/token, application/json",
    })
    void canSendNoFormAsARequest(String path, String type) throws Exception {
      Map<String, String> headers = asAProgramDoes(open);
      headers.put("Content-Type", type);
      assertThat(
              status(
                  "POST",
                  path.replace("CREATE_DB", open.emulator.createDbUrl().getPath())
                      .replace("AUTH", open.emulator.authUrl().getPath()),
                  headers))
          .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"application/json", "Application/JSON ; charset=utf-8", "application/json;x"})
    void isNotWhoSendsJson(String type) throws Exception {
      Map<String, String> headers = asAProgramDoes(open);
      headers.put("Content-Type", type);
      assertThat(status("POST", "/v1/projects", headers)).isEqualTo(201);
    }

    @Test
    void isAllowedNothingByAHeaderOfCors() {
      for (String method : new String[] {"GET", "OPTIONS"}) {
        assertThat(open.send(method, "/v1/projects", null).http().headers().map().keySet())
            .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
      }
    }
  }
}
