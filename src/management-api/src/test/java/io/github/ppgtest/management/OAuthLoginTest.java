package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class OAuthLoginTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String TOKENS =
      "{\"access_token\":\"an-access-token\",\"refresh_token\":\"a-refresh-token\","
          + "\"token_type\":\"bearer\",\"expires_in\":3600}";
  private static final HttpClient BROWSER =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AutoClose private final ScriptedApi server = new ScriptedApi();
  private final TokenStore store = TokenStore.inMemory();
  @AutoClose private final OAuthLogin login = builder().start();

  private OAuthLogin.Builder builder() {
    return OAuthLogin.builder().clientId("my client").tokenStore(store).authUrl(server.url());
  }

  private static Map<String, String> parameters(String encoded) {
    return Arrays.stream(encoded.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private Map<String, String> asked() {
    return parameters(login.authorizationUrl().getRawQuery());
  }

  private HttpResponse<String> redirect(String query) throws Exception {
    return get(URI.create(login.redirectUri() + "?" + query));
  }

  private HttpResponse<String> redirectWithState(String query) throws Exception {
    return redirect(query + "&state=" + asked().get("state"));
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    return BROWSER.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void asksForACodeWithAProofOfPossession() throws Exception {
    assertThat(login.authorizationUrl().toString()).startsWith(server.url() + "/authorize?");
    assertThat(asked())
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "my client")
        .containsEntry("redirect_uri", login.redirectUri().toString())
        .containsEntry("scope", "workspace:admin offline_access")
        .containsEntry("code_challenge_method", "S256");
    assertThat(asked().get("state")).hasSizeGreaterThan(40);
    server.then(200, TOKENS);
    HttpResponse<String> page = redirectWithState("code=the-code");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("You can close this page").doesNotContain("the-code");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");

    OAuthTokens tokens = login.await(PATIENCE);

    assertThat(tokens.accessToken()).isEqualTo("an-access-token");
    assertThat(tokens.refreshToken()).isEqualTo("a-refresh-token");
    assertThat(store.load()).contains(tokens);
    assertThat(server.lines()).containsExactly("POST /token");
    assertThat(server.received().get(0).contentType())
        .isEqualTo("application/x-www-form-urlencoded");
    assertThat(server.received().get(0).authorization()).isNull();
    Map<String, String> form = parameters(server.received().get(0).body());
    assertThat(form)
        .containsOnlyKeys("grant_type", "code", "redirect_uri", "client_id", "code_verifier")
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", "the-code")
        .containsEntry("redirect_uri", login.redirectUri().toString())
        .containsEntry("client_id", "my client");
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(form.get("code_verifier").getBytes(StandardCharsets.US_ASCII));
    assertThat(asked())
        .containsEntry(
            "code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
  }

  @Test
  void waitsOnWhenAForgedAnswerComesAndTakesTheFirstGenuineOne() throws Exception {
    assertThat(redirect("code=forged").statusCode()).isEqualTo(400);
    assertThat(redirect("code=forged&state=forged").statusCode()).isEqualTo(400);
    assertThat(redirect("error=access_denied&state=forged").statusCode()).isEqualTo(400);
    assertThat(redirectWithState("nothing=1").statusCode()).isEqualTo(400);
    assertThat(get(login.redirectUri().resolve("/favicon.ico")).statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(login.redirectUri())
            .POST(HttpRequest.BodyPublishers.ofString("code=forged"))
            .build();
    assertThat(BROWSER.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    assertThat(redirectWithState("code=genuine").statusCode()).isEqualTo(200);
    HttpResponse<String> second = redirectWithState("code=forged");
    assertThat(second.statusCode()).isEqualTo(400);
    assertThat(second.body()).contains("answered before");
    server.then(200, TOKENS);

    login.await(PATIENCE);

    assertThat(server.received().get(0).body()).contains("code=genuine&");
  }

  @Test
  void tellsWhatTheServerSaidAgainstIt() throws Exception {
    HttpResponse<String> page =
        redirectWithState(
            "error=access_denied&error_description=The+user%0Asaid+%3Cb%3Eno%3C%2Fb%3E+to+sk_abc.");
    assertThat(page.body()).contains("The login failed").doesNotContain("said");

    assertThatThrownBy(() -> login.await(PATIENCE))
        .isInstanceOf(CredentialsException.class)
        .hasMessage(
            "The login was refused at %s: access_denied: The user said <b>no</b> to [redacted]. Begin"
                    .formatted(server.url())
                + " again; if it is refused again, check the client id my client and that it allows"
                + " the redirect to "
                + login.redirectUri()
                + ".");
    assertThat(server.lines()).isEmpty();
    assertClosed();
  }

  @Test
  void hidesCodeAndVerifierThoughTheServerRepeatsThem() throws Exception {
    server.then(
        exchange -> {
          String form = server.received().get(0).body();
          String verifier = parameters(form).get("code_verifier");
          ScriptedApi.answer(
                  400,
                  "application/json",
                  "{\"error\":\"invalid_grant\",\"error_description\":\"is the-code "
                      + verifier
                      + "\"}")
              .to(exchange);
        });
    redirectWithState("code=the-code");

    assertThatThrownBy(() -> login.await(PATIENCE))
        .isInstanceOf(CredentialsException.class)
        .hasMessage(
            "The login's code could not be exchanged for tokens at %s. POST /token was answered 400:"
                    .formatted(server.url())
                + " invalid_grant: is [redacted] [redacted]. A code can be used once: log in"
                + " again.");
    assertThat(store.load()).isEmpty();
    assertClosed();
  }

  @Test
  void hidesTokensOfAnAnswerThatIsNotAsItShouldBe() throws Exception {
    server.then(200, TOKENS.replace("bearer", "mac"));
    redirectWithState("code=the-code");

    assertThatThrownBy(() -> login.await(PATIENCE))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("token_type is not Bearer")
        .hasMessageNotContaining("an-access-token");
  }

  @Test
  void givesUpWhenNobodyComesAndListensNoMore() {
    assertThatThrownBy(() -> login.await(Duration.ofMillis(1)))
        .isInstanceOf(CredentialsException.class)
        .hasMessage(
            "Nobody logged in within 1 ms. Begin again, and open the address in a browser on this"
                + " machine: it has to reach "
                + login.redirectUri()
                + ".")
        .hasCauseInstanceOf(TimeoutException.class);
    assertClosed();
  }

  @Test
  void endsTheWaitWhenItIsClosed() {
    login.close();

    assertThatThrownBy(() -> login.await(PATIENCE))
        .isInstanceOf(CredentialsException.class)
        .hasMessage("The login was closed before anybody logged in.");
    assertClosed();
  }

  @Test
  void endsTheWaitWhenItIsInterruptedAndKeepsTheFlag() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> login.await(PATIENCE))
        .isInstanceOf(CredentialsException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertClosed();
  }

  @Test
  void listensOnThePortThatIsAskedForOrSaysThatItIsTaken() throws IOException {
    int port = login.redirectUri().getPort();
    assertThatThrownBy(() -> builder().redirectPort(port).start())
        .isInstanceOf(CredentialsException.class)
        .hasMessage(
            "The login could not listen on port %d of 127.0.0.1. Is it taken? Port 0 finds a free one."
                .formatted(port));

    login.close();
    try (OAuthLogin other = builder().redirectPort(port).start()) {
      assertThat(other.redirectUri().getPort()).isEqualTo(port);
    }
  }

  @Test
  void listensOnOneLoopbackAddressAlone() {
    int port = login.redirectUri().getPort();

    assertThat(login.redirectUri().getHost()).isEqualTo("127.0.0.1");
    // A server on all addresses of this machine would be there too.
    assertThatThrownBy(() -> new Socket("::1", port).close()).isInstanceOf(IOException.class);
  }

  @Test
  void showsNeitherStateNorVerifier() {
    assertThat(login.toString()).doesNotContain(asked().get("state"));
  }

  @Test
  void needsAClientAndAStore() {
    assertThatThrownBy(() -> OAuthLogin.builder().start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("OAuthLogin needs a clientId and a tokenStore");
    assertThatThrownBy(() -> builder().redirectPort(70_000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertClosed() {
    assertThatThrownBy(() -> get(login.redirectUri())).isInstanceOf(ConnectException.class);
  }
}
