package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Connections without a token, as many as there are sockets for, against an emulator in a JVM of
 * 256 MiB, as a test's may be: its API answers meanwhile and afterwards, and its threads stay few.
 * {@code -Dppgtest.test.flood=20000} is the long form.
 */
@ResourceLock("sockets")
final class FloodTest {
  private static final int CONNECTIONS = Integer.getInteger("ppgtest.test.flood", 2_000);

  /** Held open at once; the test's own process has files for so many. */
  private static final int OPEN_AT_ONCE = Math.min(CONNECTIONS, 2_000);

  private enum Flood {
    SILENT(i -> ""),
    ONE_BYTE(i -> "G"),
    HALF_A_HEAD(i -> "POST /v1/projects HTTP/1.1\r\nHost: HOST\r\nX-Padding: " + "x".repeat(8_000)),
    A_BODY_WITHOUT_A_TOKEN(
        i ->
            "POST /v1/projects HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1048576\r\n\r\n"
                + "x".repeat(16_000)),
    A_BODY_WITH_A_WRONG_TOKEN(
        i ->
            "POST /v1/databases HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer wrong\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n3e80\r\n"
                + "x".repeat(16_000)),
    A_BODY_THAT_WAITS(
        i ->
            "POST /v1/auth/github-actions/token HTTP/1.1\r\nHost: HOST\r\n"
                + "Content-Type: application/json\r\nContent-Length: 16000\r\n\r\n{");

    private final IntFunction<String> request;

    Flood(IntFunction<String> request) {
      this.request = request;
    }
  }

  @ParameterizedTest
  @EnumSource
  void neitherEndsTheJvmNorKeepsOthersOut(Flood flood) throws Exception {
    Process jvm = ChildJvm.of(List.of("-Xmx256m"), EmulatorMain.class).start();
    List<HostileClient> clients = new ArrayList<>();
    try (var lines = jvm.inputReader();
        var commands = jvm.outputWriter()) {
      URI api = URI.create(lines.readLine());
      String token = lines.readLine();
      for (int i = 0; i < CONNECTIONS; i++) {
        if (clients.size() == OPEN_AT_ONCE) {
          clients.remove(0).close();
        }
        clients.add(strike(api, flood.request.apply(i)));
        if (i % 100 == 99) {
          assertThat(get(api, token)).as("after %d connections", i + 1).isEqualTo(200);
        }
      }
      commands.write("\n");
      commands.flush();
      assertThat(Integer.parseInt(lines.readLine())).as("threads of the JVM").isLessThan(60);
      assertThat(get(api, token)).isEqualTo(200);
      commands.write("\n");
      commands.flush();
      assertEnds(jvm);
    } finally {
      end(jvm, clients);
    }
  }

  private static HostileClient strike(URI api, String request) throws IOException {
    HostileClient client = HostileClient.of(api);
    try {
      client.send(request.replace("HOST", api.getAuthority()));
    } catch (IOException refused) {
      // It was cut off before it had sent all.
    }
    return client;
  }

  /**
   * Asks until it is answered, as clients do: on a busy machine it may come too late to be heard.
   */
  private static int get(URI api, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/v1/projects"))
            .header("Authorization", "Bearer " + token)
            .timeout(TestEmulator.HANG)
            .build();
    // A client of its own each time: it comes anew, in the midst of the others.
    return Awaitility.await()
        .atMost(TestEmulator.HANG)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode(),
            any -> true);
  }

  private static void assertEnds(Process jvm) throws InterruptedException {
    assertThat(jvm.waitFor(TestEmulator.HANG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(jvm.exitValue()).isZero();
  }

  private static void end(Process jvm, List<HostileClient> clients) throws IOException {
    jvm.destroyForcibly();
    for (HostileClient client : clients) {
      client.close();
    }
  }

  /** An emulator that tells its address and token, and for a line how many threads it has. */
  static final class EmulatorMain {
    private EmulatorMain() {}

    public static void main(String[] arguments) throws IOException {
      try (TestEmulator emulator = new TestEmulator(b -> b.authorizationServer(true))) {
        System.out.println(emulator.emulator.apiUrl());
        System.out.println(emulator.emulator.serviceToken());
        System.in.read();
        System.out.println(Thread.activeCount());
        System.in.read();
      }
    }
  }

  /** Each connection takes a file; so do the JVM's jars, and its sockets beside them. */
  @Test
  void isOutlivedByAJvmThatMayOpenNoMoreFiles() throws Exception {
    assumeThat(Path.of("/usr/bin/prlimit")).isExecutable();
    ProcessBuilder builder = ChildJvm.of(List.of(), EmulatorMain.class);
    List<String> command = new ArrayList<>(List.of("/usr/bin/prlimit", "--nofile=250:250"));
    command.addAll(builder.command());
    builder.command(command);
    Process jvm = builder.start();
    List<HostileClient> clients = new ArrayList<>();
    try (var lines = jvm.inputReader();
        var commands = jvm.outputWriter()) {
      URI api = URI.create(lines.readLine());
      String token = lines.readLine();
      assertThat(get(api, token)).isEqualTo(200);
      for (String authorization : new String[] {"", "Authorization: Bearer " + token + "\r\n"}) {
        for (int i = 0; i < 400; i++) {
          clients.add(
              strike(api, "GET /v1/me HTTP/1.1\r\nHost: HOST\r\n" + authorization + "\r\n"));
        }
        assertThat(get(api, token)).isEqualTo(200);
      }
      commands.write("\n\n");
      commands.flush();
      assertEnds(jvm);
    } finally {
      end(jvm, clients);
    }
  }

  @Test
  void isRefusedBeforeItsBodyIsRead() throws Exception {
    try (TestEmulator emulator = new TestEmulator();
        HostileClient client = HostileClient.of(emulator.emulator.apiUrl())) {
      client.send(
          HostileClient.head(
              "POST",
              "/v1/projects",
              Map.of(
                  "Host", emulator.emulator.apiUrl().getAuthority(),
                  "Content-Type", "application/json",
                  "Expect", "100-continue",
                  "Content-Length", "1000000")));
      assertThat(client.status()).isEqualTo(401);
      client.finish();
      client.awaitEnd();
    }
  }
}
