package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ppgtest.emulator.clients.Jdbc;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that outlive their emulator. */
class KeptDatabaseTest {
  private Path data;

  @BeforeEach
  void makeADirectoryThatPostgresCanEnter(@TempDir Path directory) throws IOException {
    // JUnit's own is closed to the user that PostgreSQL runs as when we are root.
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    data = directory.resolve("data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"return", "exit", "kill"})
  void outlivesTheJvmUntilItsTimeIsOver(String end) throws Exception {
    String kept;
    String another;
    Process jvm = startKeepingJvm(end);
    try (BufferedReader output = jvm.inputReader()) {
      kept = output.readLine();
      another = output.readLine();
      if (end.equals("kill")) {
        jvm.destroyForcibly();
      }
      jvm.waitFor();
    } finally {
      jvm.destroyForcibly();
    }

    assertThat(read(kept)).isEqualTo("left behind");
    if (!end.equals("kill")) {
      assertThatThrownBy(() -> read(another)).hasMessageContaining("does not exist");
    }

    Path server = servers().get(0);
    startAnother().close();
    assertThat(read(kept)).isEqualTo("left behind");

    Files.writeString(server.resolve("keep-until"), Instant.now().minusSeconds(1).toString());
    try (PrismaPostgresEmulator another2 = startAnother()) {
      await()
          .atMost(TestEmulator.HANG)
          .untilAsserted(() -> assertThat(servers()).hasSize(1).doesNotContain(server));
      assertThatThrownBy(() -> read(kept))
          .hasMessageMatching("(?s).*(refused|authentication failed).*");
      assertThat(another2.apiUrl()).isNotNull();
    }
    assertThat(servers()).isEmpty();
  }

  @Test
  void isEndedBeforeItsTimeByWhoeverKnowsItsPort() throws Exception {
    Process jvm = startKeepingJvm("kill");
    String kept;
    try (BufferedReader output = jvm.inputReader()) {
      kept = output.readLine();
      output.readLine();

      assertThat(AbandonedServers.end(data, portOf(kept))).as("its JVM lives").isFalse();
    } finally {
      jvm.destroyForcibly().waitFor();
    }

    assertThat(AbandonedServers.end(data, portOf(kept) - 1)).isFalse();
    assertThat(read(kept)).isEqualTo("left behind");

    assertThat(AbandonedServers.end(data, portOf(kept))).isTrue();
    assertThatThrownBy(() -> read(kept))
        .hasMessageMatching("(?s).*(refused|authentication failed).*");
    assertThat(servers()).isEmpty();
    assertThat(AbandonedServers.end(data, portOf(kept))).isFalse();
  }

  private static int portOf(String connectionString) {
    return URI.create(connectionString).getPort();
  }

  @Test
  void isNotKeptWhenItIsDeletedAfterAll() throws Exception {
    try (PrismaPostgresEmulator emulator = startAnother()) {
      Answer project =
          new EmulatorClient(emulator).send("POST", "/v1/projects", "{\"createDatabase\": false}");
      Answer created =
          new EmulatorClient(emulator)
              .send("POST", "/v1/projects/" + project.id() + "/databases", "{\"name\": \"d\"}");
      awaitReady(emulator, created.id());
      emulator.keep(created.id(), Instant.now().plusSeconds(3600));

      assertThat(
              new EmulatorClient(emulator)
                  .send("DELETE", "/v1/databases/" + created.id(), null)
                  .status())
          .isEqualTo(204);
    }
    assertThat(servers()).isEmpty();
  }

  @Test
  void isNotKeptWhereThereIsNone() {
    try (TestEmulator test = new TestEmulator()) {
      assertThatThrownBy(() -> test.emulator.keep("db_none", Instant.now()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("db_none");
    }
  }

  @Test
  void isNotKeptByAnEmulatorThatIsClosed() {
    TestEmulator test = new TestEmulator();
    String database = test.newDatabase(test.newProject());
    test.close();

    assertThatThrownBy(() -> test.emulator.keep(database, Instant.now()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The emulator is closed.");
  }

  private PrismaPostgresEmulator startAnother() {
    return PrismaPostgresEmulator.builder().dataDirectory(data).start();
  }

  private List<Path> servers() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  private Process startKeepingJvm(String end) throws IOException {
    return ChildJvm.of(KeepingTestCase.class, data.toString(), end).start();
  }

  private static String read(String connectionString) throws SQLException {
    try (Connection connection = Jdbc.connect(connectionString);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT word FROM t")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void awaitReady(PrismaPostgresEmulator emulator, String id) {
    await()
        .atMost(TestEmulator.HANG)
        .untilAsserted(
            () ->
                assertThat(
                        new EmulatorClient(emulator)
                            .send("GET", "/v1/databases/" + id, null)
                            .data("/status"))
                    .isEqualTo("ready"));
  }

  /** A JVM that keeps one database, and not another, and ends in one way or the other. */
  static final class KeepingTestCase {
    private KeepingTestCase() {}

    public static void main(String[] arguments) throws Exception {
      PrismaPostgresEmulator emulator =
          PrismaPostgresEmulator.builder().dataDirectory(Path.of(arguments[0])).start();
      String kept = create(emulator, true);
      String another = create(emulator, false);
      System.out.println(kept);
      System.out.println(another);
      if (arguments[1].equals("exit")) {
        System.exit(0);
      } else if (arguments[1].equals("kill")) {
        System.in.read();
      }
    }

    private static String create(PrismaPostgresEmulator emulator, boolean keep) throws Exception {
      Answer project = new EmulatorClient(emulator).send("POST", "/v1/projects", "{}");
      String connectionString =
          project.data("/database/connections/0/endpoints/direct/connectionString");
      String id = project.data("/database/id");
      awaitReady(emulator, id);
      if (keep) {
        try (Connection connection = Jdbc.connect(connectionString);
            Statement statement = connection.createStatement()) {
          statement.execute("CREATE TABLE t AS SELECT 'left behind' AS word");
        }
        emulator.keep(id, Instant.now().plusSeconds(3600));
      }
      return connectionString;
    }
  }
}
