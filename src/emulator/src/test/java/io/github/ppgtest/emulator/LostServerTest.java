package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ppgtest.emulator.clients.Jdbc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A PostgreSQL that ends, or answers no more, while its emulator goes on. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "sends signals, and reads /proc")
class LostServerTest {
  private Path data;
  private PrismaPostgresEmulator emulator;
  private EmulatorClient client;

  @BeforeEach
  void startInADirectoryThatPostgresCanEnter(@TempDir Path directory) throws IOException {
    // JUnit's own is closed to the user that PostgreSQL runs as when we are root.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    data = directory.resolve("data");
    emulator = PrismaPostgresEmulator.builder().dataDirectory(data).start();
    client = new EmulatorClient(emulator);
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  /** What happens to a server. */
  private enum Death {
    KILLED("It was ended by signal 9 SIGKILL, by another process or, where memory runs out,"),
    BACKEND_KILLED("was ended by signal 9: Killed, by another process or, where memory runs out,"),
    TERMINATED("Another process told it to end."),
    INTERRUPTED("Another process told it to end."),
    DELETED("was deleted."),
    EMPTIED("was deleted in part.");

    private final String reason;

    Death(String reason) {
      this.reason = reason;
    }
  }

  @ParameterizedTest
  @EnumSource
  void isReplacedWhenItHasEnded(Death death) throws Exception {
    EmulatorClient.Made lost = client.create();
    EmulatorClient.Made restless = client.create();
    Path directory = servers().get(0);
    List<String> postmaster = Files.readAllLines(directory.resolve("data/postmaster.pid"));
    String segment = segmentOf(postmaster);
    assertThat(segments()).contains(segment);

    Optional<String> reason;
    // While a session lasts, a server that SIGTERM told to end admits no other, and goes on.
    try (Connection session = Jdbc.connect(lost.url())) {
      int backend = backendOf(session);
      strike(death, directory, Long.parseLong(postmaster.get(0)), backend);
      await().atMost(TestEmulator.HANG).until(() -> emulator.failure(lost.id()).isPresent());
      reason = emulator.failure(lost.id());
    }

    assertThat(reason.orElseThrow())
        .startsWith("PostgreSQL (process %s, port ".formatted(postmaster.get(0)))
        .contains(" has ended. ", death.reason)
        .doesNotContain("Prisma");
    assertThat(emulator.failure(restless.id())).isEqualTo(reason);
    assertThat(client.status(lost)).isEqualTo("failure");

    EmulatorClient.Made next = client.create();
    assertThat(Jdbc.query(next.url(), "SELECT 'works'")).isEqualTo("works");
    assertThat(emulator.failure(next.id())).isEmpty();
    // Nothing listens at its port, or a server of another test by now, which does not know the
    // login.
    assertThatThrownBy(() -> Jdbc.query(lost.url(), "SELECT 1"))
        .hasMessageMatching("(?s).*(refused|authentication failed).*");
    client.delete(lost);

    assertThat(servers()).hasSize(1).doesNotContain(directory);
    assertThat(segments()).doesNotContain(segment);
    emulator.close();
    assertThat(servers()).isEmpty();
  }

  @Test
  void leavesNothingWhereAnInterruptedThreadEndsIt() throws Exception {
    client.create();
    Path directory = servers().get(0);
    String segment = segmentOf(Files.readAllLines(directory.resolve("data/postmaster.pid")));

    Thread.currentThread().interrupt();
    emulator.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(servers()).isEmpty();
    assertThat(segments()).doesNotContain(segment);
  }

  @Test
  void leavesNothingWhereItIsKilledWhileItStops() throws Exception {
    EmulatorClient.Made database = client.create();
    Path directory = servers().get(0);
    Path file = directory.resolve("data/postmaster.pid");
    String segment = segmentOf(Files.readAllLines(file));
    long postmaster = postmaster(directory);
    try (Connection session = Jdbc.connect(database.url())) {
      // The server waits 5 s for it.
      signal("STOP", backendOf(session));
      CompletableFuture<Void> closing = CompletableFuture.runAsync(emulator::close);
      await()
          .atMost(TestEmulator.HANG)
          .until(() -> !Files.exists(file) || Files.readString(file).contains("stopping"));
      ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
      closing.get(TestEmulator.HANG.toSeconds(), TimeUnit.SECONDS);
    }

    assertThat(servers()).isEmpty();
    assertThat(segments()).doesNotContain(segment);
  }

  @Test
  void quotesTheEndOfItsLogAndNoStatement() throws Exception {
    EmulatorClient.Made database = client.create();
    Path directory = servers().get(0);
    long postmaster = postmaster(directory);
    try (Connection session = Jdbc.connect(database.url());
        Statement statement = session.createStatement()) {
      int backend = backendOf(session);
      Thread running =
          new Thread(
              () ->
                  assertThatThrownBy(
                          () -> statement.execute("SELECT pg_sleep(60), 'a secret\nin two lines'"))
                      .isInstanceOf(SQLException.class));
      running.start();
      await()
          .atMost(TestEmulator.HANG)
          .until(
              () ->
                  Files.readString(Path.of("/proc/%d/cmdline".formatted(backend)))
                      .contains("SELECT"));
      signal("KILL", backend);
      running.join();
    }

    assertThat(emulator.failure(database.id())).isNotNull();
    await().atMost(TestEmulator.HANG).until(() -> emulator.failure(database.id()).isPresent());
    assertThat(emulator.failure(database.id()).orElseThrow())
        .contains("The last lines of its log:\n")
        .contains("[%d] LOG:  server process (PID ".formatted(postmaster))
        .doesNotContain("secret")
        .doesNotContain("two lines");
  }

  @Test
  void makesItsTemplatesAnew() throws Exception {
    String project = client.newProject();
    String template = emulator.template(project, "key", false, (id, url) -> fill(url));

    signal("KILL", postmaster(servers().get(0)));
    await().atMost(TestEmulator.HANG).until(() -> emulator.failure(template).isPresent());

    String again = emulator.template(project, "key", false, (id, url) -> fill(url));
    assertThat(again).isNotEqualTo(template);
    EmulatorClient.Made copy =
        client.create(
            "{\"projectId\": \"%s\", \"source\": {\"type\": \"database\", \"databaseId\": \"%s\"}}"
                .formatted(project, again));
    assertThat(Jdbc.query(copy.url(), "SELECT word FROM t")).isEqualTo("made");
  }

  @Test
  void keepsNothingThatIsGone() throws Exception {
    EmulatorClient.Made kept = client.create();
    emulator.keep(kept.id(), Instant.now().plusSeconds(3600));

    signal("KILL", postmaster(servers().get(0)));
    await().atMost(TestEmulator.HANG).until(() -> emulator.failure(kept.id()).isPresent());
    assertThatThrownBy(() -> emulator.keep(kept.id(), Instant.now().plusSeconds(3600)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("`failure`");

    emulator.close();
    assertThat(servers()).isEmpty();
  }

  @Test
  void isNotStartedAgainWhenItEndsEachTimeBeforeADatabaseIsMade() throws Exception {
    client.create();
    for (int i = 0; i < 3; i++) {
      signal("KILL", postmaster(servers().get(0)));
      await().atMost(TestEmulator.HANG).until(() -> startsAnother());
    }
    Path last = servers().get(0);
    signal("KILL", postmaster(last));
    await().atMost(TestEmulator.HANG).until(() -> !servers().contains(last));

    assertThatThrownBy(emulator::certificate)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "PostgreSQL is not started again: 3 times in a row it has ended before a database was"
                + " made. PostgreSQL (process ")
        .hasMessageContaining("signal 9 SIGKILL");
    assertThat(servers()).isEmpty();
  }

  private boolean startsAnother() throws IOException {
    List<Path> before = servers();
    emulator.certificate();
    return before.size() == 1
        && servers().equals(before)
        && ProcessHandle.of(postmaster(before.get(0))).isPresent();
  }

  @Test
  void tellsWhenASignalHasStoppedItAndGoesOnWithIt() throws Exception {
    EmulatorClient.Made database = client.create();
    long postmaster = postmaster(servers().get(0));

    signal("STOP", postmaster);
    await().atMost(TestEmulator.HANG).until(() -> emulator.hindrance().isPresent());
    assertThat(emulator.hindrance())
        .hasValue(
            "PostgreSQL, process %1$d, is stopped (SIGSTOP), and does not answer. \"kill -CONT %1$d\" has it go on."
                .formatted(postmaster));

    assertThat(emulator.failure(database.id())).isEmpty();
    assertThat(emulator.lostServers()).isZero();

    signal("CONT", postmaster);
    await().atMost(TestEmulator.HANG).until(() -> emulator.hindrance().isEmpty());
    assertThat(Jdbc.query(database.url(), "SELECT 'works'")).isEqualTo("works");
  }

  @Test
  void isEndedWithAllItsProcessesWhenSignalsHaveStoppedThem() throws Exception {
    client.create();
    Path directory = servers().get(0);
    long postmaster = postmaster(directory);
    List<ProcessHandle> all = ProcessHandle.of(postmaster).orElseThrow().descendants().toList();

    for (ProcessHandle process : all) {
      signal("STOP", process.pid());
    }
    signal("STOP", postmaster);
    emulator.close();

    await().atMost(TestEmulator.HANG).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(servers()).isEmpty();
  }

  private static void strike(Death death, Path directory, long postmaster, long backend)
      throws Exception {
    switch (death) {
      case KILLED -> signal("KILL", postmaster);
      case BACKEND_KILLED -> signal("KILL", backend);
      case TERMINATED -> signal("TERM", postmaster);
      case INTERRUPTED -> signal("INT", postmaster);
      case DELETED -> run("rm", "-rf", directory.resolve("data").toString());
      case EMPTIED -> run("rm", "-rf", directory.resolve("data/base").toString());
    }
  }

  private static void signal(String name, long process) throws Exception {
    run("kill", "-" + name, Long.toString(process));
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static long postmaster(Path directory) throws IOException {
    return Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0));
  }

  private static int backendOf(Connection session) throws SQLException {
    return session.unwrap(org.postgresql.PGConnection.class).getBackendPID();
  }

  private static void fill(String url) {
    try (Connection connection = Jdbc.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT 'made' AS word");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Path> servers() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  private static String segmentOf(List<String> postmaster) {
    return postmaster.get(6).strip().split(" +")[1];
  }

  private static List<String> segments() throws IOException {
    return Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
        .map(line -> line.strip().split(" +")[1])
        .toList();
  }
}
