package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM in which all that logs, logs everything. */
final class LoggedSecretsTest {
  @Test
  void areInNoLogOfTheDriverThePoolAndTheEmulator(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("log");
    Path secrets = directory.resolve("secrets");
    Process jvm =
        ChildJvm.of(
                List.of(
                    "-Dorg.slf4j.simpleLogger.logFile=System.err",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace"),
                LifeTestCase.class)
            .redirectError(log.toFile())
            .redirectOutput(secrets.toFile())
            .start();
    assertThat(jvm.waitFor(TestEmulator.HANG.toMinutes(), TimeUnit.MINUTES)).isTrue();

    String logged = Files.readString(log);
    assertThat(jvm.exitValue()).as(logged).isZero();
    // In the driver's log stand the statements that once had passwords.
    assertThat(logged).contains("CREATE ROLE", "ALTER ROLE", "PASSWORD", "ppgtest-emulator-");
    assertThat(Files.readAllLines(secrets))
        .hasSize(3)
        .allSatisfy(secret -> assertThat(logged).doesNotContain(secret));
  }

  /** Makes, uses, rotates and deletes a database, and prints the passwords. */
  static final class LifeTestCase {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws Exception {
      // Held here, as the JDK forgets a logger and its level otherwise.
      Logger driver = Logger.getLogger("org.postgresql");
      driver.setLevel(Level.ALL);
      ConsoleHandler handler = new ConsoleHandler();
      handler.setLevel(Level.ALL);
      driver.addHandler(handler);
      try (PrismaPostgresEmulator emulator = PrismaPostgresEmulator.builder().start()) {
        String project = send(emulator, "POST", "/v1/projects", "{\"createDatabase\": false}").id();
        String database =
            send(emulator, "POST", "/v1/databases", "{\"projectId\": \"%s\"}".formatted(project))
                .id();
        while (!send(emulator, "GET", "/v1/databases/" + database, null)
            .data("/status")
            .equals("ready")) {
          Thread.onSpinWait();
        }
        Answer made =
            send(
                emulator,
                "POST",
                "/v1/connections",
                "{\"databaseId\": \"%s\", \"name\": \"x\"}".formatted(database));
        use(made);
        Answer rotated = send(emulator, "POST", "/v1/connections/" + made.id() + "/rotate", "");
        use(rotated);
        send(emulator, "DELETE", "/v1/connections/" + made.id(), null);
        send(emulator, "DELETE", "/v1/databases/" + database, null);
        System.out.println(emulator.serviceToken());
      }
    }

    private static void use(Answer connection) throws Exception {
      System.out.println(connection.data("/pass"));
      URI direct = URI.create(connection.data("/endpoints/direct/connectionString"));
      DriverManager.getConnection(
              "jdbc:postgresql://%s:%d%s?sslmode=require"
                  .formatted(direct.getHost(), direct.getPort(), direct.getPath()),
              connection.data("/user"),
              connection.data("/pass"))
          .close();
    }

    private static Answer send(
        PrismaPostgresEmulator emulator, String method, String path, String body) throws Exception {
      return new Answer(
          HTTP.send(
              HttpRequest.newBuilder(URI.create(emulator.apiUrl() + path))
                  .timeout(TestEmulator.HANG)
                  .header("Authorization", "Bearer " + emulator.serviceToken())
                  .method(
                      method,
                      body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString()));
    }
  }
}
