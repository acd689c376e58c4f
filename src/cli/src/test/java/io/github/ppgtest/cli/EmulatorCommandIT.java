package io.github.ppgtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command as users run it: the jar, in a process of its own. */
final class EmulatorCommandIT {

  @Test
  void startsOnThePortAndWithTheTokenOfChoice(@TempDir Path directory) throws Exception {
    Path tokenFile = Files.writeString(directory.resolve("token"), "it's-mine\n");
    int port = freePort();
    try (RunningCommand command =
        RunningCommand.start(
            "emulator", "--port", Integer.toString(port), "--token-file", tokenFile.toString())) {
      assertThat(command.readLines(3))
          .containsExactly(
              "# Prisma Postgres runs on this machine until Ctrl-C. In the shell of its clients:",
              "export PPGTEST_API_URL='http://127.0.0.1:" + port + "'",
              "export PRISMA_SERVICE_TOKEN='it'\\''s-mine'");
      String createDb = "_DB_WORKER_URL='http://127.0.0.1:" + port + "/create-db/[\\w-]{43}'";
      assertThat(command.readLines(4))
          .satisfiesExactly(
              line -> assertThat(line).matches("export CREATE" + createDb),
              line -> assertThat(line).matches("export CLAIM" + createDb),
              line -> assertThat(line).matches("export PGSSLROOTCERT='/.*/certificate[.]pem'"),
              line -> assertThat(line).matches("export NODE_EXTRA_CA_CERTS='/.*[.]pem'"));

      URI api = URI.create("http://127.0.0.1:" + port);
      assertThat(send(api, "it's-mine", "GET", "/v1/me", "").statusCode()).isEqualTo(200);
      assertThat(send(api, "another", "GET", "/v1/me", "").statusCode()).isEqualTo(401);
      HttpResponse<String> project = send(api, "it's-mine", "POST", "/v1/projects", "{}");
      assertThat(project.statusCode()).isEqualTo(201);
      assertThat(project.body()).contains("sslmode=require");
      for (String open : List.of("/auth/authorize", "/create-db/create", "/create-db/health")) {
        assertThat(send(api, "another", "GET", open, "").statusCode()).as(open).isEqualTo(401);
      }
    }
  }

  @Test
  void isAnAuthorizationServerWhereThatIsAskedFor() throws Exception {
    try (RunningCommand command = RunningCommand.start("emulator", "--authorization-server")) {
      String line = command.readLines(6).get(5);
      assertThat(line).matches("export PRISMA_AUTH_URL='http://127.0.0.1:\\d+/auth/[\\w-]{43}'");

      URI authorize = URI.create(line.substring(line.indexOf('\'') + 1, line.length() - 1));
      assertThat(send(authorize, "none", "GET", authorize.getPath() + "/authorize", "").body())
          .contains("client_id is missing");
    }
  }

  @Test
  void takesTheTokenFromStandardInput() throws Exception {
    try (RunningCommand command = RunningCommand.start("emulator", "--token-file", "-")) {
      command.type("from-a-pipe");

      assertThat(command.readLines(5).get(2))
          .isEqualTo("export PRISMA_SERVICE_TOKEN='from-a-pipe'");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no shell")
  void readsNoTokenFromAStandardInputThatIsClosed() throws Exception {
    String command =
        PpgtestJar.command("emulator", "--token-file", "-").stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" ", "", " 2>&1 <&-"));
    Process shell = new ProcessBuilder("sh", "-c", command).start();

    assertThat(shell.inputReader().lines())
        .containsExactly("ppgtest: There is no token in -: standard input is closed.");
    assertThat(shell.waitFor()).isNotZero();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void stopsOnCtrlCWithAllThatItStarted() throws Exception {
    try (RunningCommand command = RunningCommand.start("emulator")) {
      command.readLines(5);
      List<ProcessHandle> started = command.descendants();
      assertThat(started).isNotEmpty();

      command.interrupt();

      assertThat(command.exitCode()).isEqualTo(130);
      assertThat(command.errors()).isEmpty();
      assertThat(started).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void saysWhenThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        RunningCommand command =
            RunningCommand.start("emulator", "--port", Integer.toString(taken.getLocalPort()))) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.errors())
          .isEqualTo(
              "ppgtest: The emulator could not listen on port %d of the loopback address. Is it taken? Port 0 finds a free one.%n"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void saysWhenThereIsNoToken(@TempDir Path directory) throws Exception {
    Path missing = directory.resolve("token");
    try (RunningCommand command =
        RunningCommand.start("emulator", "--token-file", missing.toString())) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.errors())
          .startsWith("ppgtest: The token could not be read from " + missing);
    }
  }

  @Test
  void explainsItself() throws Exception {
    try (RunningCommand command = RunningCommand.start("emulator", "--help")) {
      assertThat(command.exitCode()).isZero();
      assertThat(command.output()).contains("Usage: ppgtest emulator", "--token-file", "Ctrl-C");
    }
    try (RunningCommand command = RunningCommand.start("--version")) {
      assertThat(command.exitCode()).isZero();
      assertThat(command.output()).matches("ppgtest \\d.*\\R");
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    try (RunningCommand command = RunningCommand.start("emulator", "--prot", "4000")) {
      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.errors()).contains("Unknown options: '--prot', '4000'", "--port");
    }
  }

  @Test
  void refusesADurationThatIsNone() throws Exception {
    try (RunningCommand command = RunningCommand.start("emulator", "--query-timeout", "soon")) {
      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.errors())
          .contains("'soon' is no duration such as 10s, 0.5s, 2m or 1h", "--query-timeout");
    }
  }

  /**
   * Below the ports that systems give out by themselves, so that no other program takes it in
   * between.
   */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // Another one, then.
      }
    }
  }

  private static HttpResponse<String> send(
      URI api, String token, String method, String path, String body)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(api.resolve(path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }
}
