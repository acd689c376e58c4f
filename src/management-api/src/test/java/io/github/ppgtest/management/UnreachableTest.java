package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class UnreachableTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();
  @AutoClose private final Socket taken = new Socket();

  private ApiUnreachableException fail(ManagementApi.Builder builder) {
    return catchThrowableOfType(ApiUnreachableException.class, () -> builder.build().me());
  }

  private static String advice(URI url) {
    return " Check that "
        + url
        + " is the right address (PPGTEST_API_URL sets another), that the network is up, and that"
        + " a proxy, where one is needed, is set (-Dhttps.proxyHost, -Dhttps.proxyPort).";
  }

  @Test
  void saysAfterABriefWhileThatNobodyListens() throws IOException {
    int port = closedPort();
    URI url = URI.create("http://localhost:" + port);

    ApiUnreachableException e = fail(server.builder().baseUrl(url));

    assertThat(e)
        .hasMessage(
            "GET /v1/me got no answer after 4 attempts: no connection to localhost:"
                + port
                + " (refused or not reachable)."
                + advice(url));
    assertThat(e.status()).isEqualTo(OptionalInt.empty());
    assertThat(e.mayHaveArrived()).isFalse();
    assertThat(server.waits().stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void repeatsACreationThatNobodyCanHaveSeen() throws IOException {
    URI url = URI.create("http://localhost:" + closedPort());
    ManagementApi api = server.builder().baseUrl(url).build();

    ApiUnreachableException e =
        catchThrowableOfType(
            ApiUnreachableException.class,
            () -> api.databases().create(CreateDatabase.inProject("proj_1")));

    assertThat(e.attempts()).isEqualTo(4);
    assertThat(e.mayHaveArrived()).isFalse();
  }

  @Test
  void saysAtOnceThatTheHostIsUnknown() {
    URI url = URI.create("http://no-such-host.invalid");

    ApiUnreachableException e = fail(server.builder().baseUrl(url));

    assertThat(e)
        .hasMessage(
            "GET /v1/me got no answer: the host no-such-host.invalid is not known." + advice(url));
    assertThat(server.waits()).isEmpty();
  }

  @Test
  void saysThatNoAnswerCameInTime() {
    server.then(server.hang());

    ApiUnreachableException e =
        fail(server.builder().maxRetries(0).requestTimeout(Duration.ofSeconds(5)));

    assertThat(e)
        .hasMessage(
            "GET /v1/me got no answer: waited 5 s for localhost:"
                + server.url().getPort()
                + "."
                + advice(server.url()));
    assertThat(e.mayHaveArrived()).isTrue();
  }

  @Test
  void saysThatTheRestOfAnAnswerDidNotComeInTime() {
    ScriptedApi.Reply hang = server.hang();
    server.then(
        exchange -> {
          ScriptedApi.cut().to(exchange);
          hang.to(exchange);
        });

    assertThat(fail(server.builder().maxRetries(0).requestTimeout(Duration.ofSeconds(5))))
        .hasMessageContaining("got no answer: waited 5 s for localhost");
  }

  @Test
  void saysThatTheConnectionBroke() {
    server.then(ScriptedApi.cut());

    assertThat(fail(server.builder().maxRetries(0)))
        .hasMessageStartingWith(
            "GET /v1/me got no answer: the connection to localhost:"
                + server.url().getPort()
                + " broke (")
        .hasMessageEndingWith(advice(server.url()))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void saysThatTlsFailed() throws Exception {
    // A record of TLS: an alert, fatal, handshake failure.
    byte[] alert = {21, 3, 3, 0, 2, 2, 40};
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = answering(listener, alert);
      URI url = URI.create("https://localhost:" + listener.getLocalPort());

      ApiUnreachableException e = fail(this.server.builder().baseUrl(url));

      assertThat(e)
          .hasMessageStartingWith(
              "GET /v1/me got no answer: no TLS with localhost:" + url.getPort() + " (");
      assertThat(e.mayHaveArrived()).isFalse();
      assertThat(this.server.waits()).isEmpty();
      server.join();
    }
  }

  @Test
  void saysThatWhatListensDoesNotSpeakHttp() throws Exception {
    byte[] greeting = "220 mail.example.com ESMTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = answering(listener, greeting);
      URI url = URI.create("http://localhost:" + listener.getLocalPort());

      ApiUnreachableException e = fail(this.server.builder().baseUrl(url));

      assertThat(e)
          .hasMessageStartingWith(
              "GET /v1/me got no answer: localhost:" + url.getPort() + " does not speak HTTP (");
      server.join();
    }
  }

  /** Takes one connection, reads what comes first, answers so, and hangs up. */
  private static Thread answering(ServerSocket listener, byte[] answer) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = listener.accept()) {
                int length = socket.getInputStream().read(new byte[8_192]);
                assertThat(length).isPositive();
                socket.getOutputStream().write(answer);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** A port that is taken, so that no other program gets it meanwhile, and not listened at. */
  private int closedPort() throws IOException {
    taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return taken.getLocalPort();
  }
}
