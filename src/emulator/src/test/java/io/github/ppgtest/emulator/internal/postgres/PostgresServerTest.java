package io.github.ppgtest.emulator.internal.postgres;

import static io.github.ppgtest.emulator.internal.postgres.TestSql.execute;
import static io.github.ppgtest.emulator.internal.postgres.TestSql.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  private static final AtomicInteger COUNTER = new AtomicInteger();

  /** The message that asks for TLS: its length, and a version that is none. */
  private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};

  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server =
        PostgresServer.start(
            new PostgresSettings(
                20, Duration.ofMinutes(3), Duration.ofMinutes(3), null, null, null));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Nested
  class ADatabase {
    private final String database = newDatabase();
    private final String user = newLogin(database);

    @Test
    void isPostgres17() throws SQLException {
      try (Connection connection = connect(database, user)) {
        assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(17);
      }
    }

    @Test
    void isExplainedByNoLineThatARoleOrAClientHasLogged() throws SQLException {
      String refused = "could not fork new process for connection: ";
      String reason = "Resource temporarily unavailable";
      try (Connection connection = connect(database, user)) {
        execute(
            connection,
            "DO $$ BEGIN RAISE LOG E'%1$s%2$s\\n2026-11-29 05:00:00.000 UTC [1] LOG:  %1$s%2$s'; END $$"
                .formatted(refused, reason));
      }
      assertThatThrownBy(() -> connect(reason, refused, Map.of("sslmode", "disable")))
          .isInstanceOf(SQLException.class);

      assertThat(server.explained(new DatabaseEngineException("It failed.", null)))
          .hasMessage("It failed.");
      assertThat(server.hindrance()).isEmpty();
    }

    @Test
    void isReachedOverTlsWithTheCertificateOfLocalhost() throws SQLException {
      try (Connection connection = connect(database, user)) {
        assertThat(value(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
            .isEqualTo("t");
      }
    }

    @Test
    void refusesConnectionsWithoutTls() {
      assertThatThrownBy(() -> connect(database, user, Map.of("sslmode", "disable")))
          .hasMessageContaining("no encryption")
          .asInstanceOf(type(SQLException.class))
          .extracting(SQLException::getSQLState)
          .isEqualTo("28000");
    }

    @Test
    void refusesAWrongPassword() {
      assertSqlState("28P01", () -> connect(database, user, Map.of("password", "sk_wrong")));
    }

    @Test
    void isClosedToTheLoginsOfOthers() {
      String stranger = newLogin(newDatabase());
      assertSqlState("42501", () -> connect(database, stranger));
    }

    @Test
    void refusesTheConnectionAfterTheTwentieth() throws SQLException {
      String another = newLogin(database);
      List<Connection> connections = new ArrayList<>();
      try {
        for (int i = 0; i < 20; i++) {
          connections.add(connect(database, i % 2 == 0 ? user : another));
        }
        assertSqlState("53300", () -> connect(database, user));
      } finally {
        for (Connection connection : connections) {
          connection.close();
        }
      }
    }

    @Test
    void letsItsUserChangeSchemaAndDataAndInstallExtensions() throws SQLException {
      try (Connection connection = connect(database, user)) {
        execute(connection, "CREATE SCHEMA shop");
        execute(connection, "CREATE TABLE shop.item (id int PRIMARY KEY, name text)");
        execute(connection, "INSERT INTO shop.item VALUES (1, 'bolt')");
        execute(connection, "CREATE EXTENSION pgcrypto");
        execute(connection, "DROP SCHEMA public CASCADE");
        execute(connection, "CREATE SCHEMA public");
        assertThat(value(connection, "SELECT name FROM shop.item")).isEqualTo("bolt");
      }
    }

    @Test
    void letsItsUserPassRowSecurity() throws SQLException {
      try (Connection connection = connect(database, user)) {
        execute(connection, "CREATE TABLE secret (id int)");
        execute(connection, "ALTER TABLE secret FORCE ROW LEVEL SECURITY");
        execute(connection, "ALTER TABLE secret ENABLE ROW LEVEL SECURITY");
        execute(connection, "INSERT INTO secret VALUES (1)");
        assertThat(value(connection, "SELECT count(*) FROM secret")).isEqualTo("1");
      }
    }

    @Test
    void letsItsUserMakeNoDatabaseNoRoleAndLiftNoLimit() throws SQLException {
      try (Connection connection = connect(database, user)) {
        assertSqlState("42501", () -> execute(connection, "CREATE DATABASE another"));
        assertSqlState("42501", () -> execute(connection, "CREATE ROLE another"));
        assertSqlState(
            "42501",
            () -> execute(connection, "ALTER DATABASE " + database + " CONNECTION LIMIT 50"));
      }
    }

    @Test
    void letsItsUserSeeAndEndItsOwnSessions() throws SQLException {
      try (Connection connection = connect(database, user);
          Connection other = connect(database, user)) {
        String pid = value(other, "SELECT pg_backend_pid()");
        assertThat(value(connection, "SELECT state FROM pg_stat_activity WHERE pid = " + pid))
            .isEqualTo("idle");
        assertThat(value(connection, "SELECT pg_terminate_backend(" + pid + ", 60000)"))
            .isEqualTo("t");
        assertSqlState("57P01", () -> execute(other, "SELECT 1"));
      }
    }

    @Test
    void losesItsIdleSessionsAndNoOther() throws SQLException {
      String elsewhere = newDatabase();
      try (Connection idle = connect(database, user);
          Connection busy = connect(database, user);
          Connection stranger = connect(elsewhere, newLogin(elsewhere))) {
        busy.setAutoCommit(false);
        execute(busy, "SELECT 1");

        assertThat(server.endIdleSessions(database)).hasValue(1);

        assertSqlState("57P01", () -> execute(idle, "SELECT 1"));
        execute(busy, "SELECT 1");
        execute(stranger, "SELECT 1");
      }
    }

    @Test
    void hasNoSessionsToLoseUntilItIsThere() throws SQLException {
      assertThat(server.endIdleSessions("db_gone")).isEmpty();
      assertThat(server.endIdleSessions("postgres")).hasValue(0);
    }

    @Test
    void isDroppedWhileClientsAreConnected() throws SQLException {
      try (Connection connection = connect(database, user)) {
        server.dropDatabase(database);
        server.dropLogin(user);
        assertThatThrownBy(() -> execute(connection, "SELECT 1")).isInstanceOf(SQLException.class);
        assertSqlState("28P01", () -> connect(database, user));
      }
    }

    /** Of many, the oldest logins go. */
    @Test
    void isNamedToWhoeverComesWithALoginThatItHad() {
      server.dropDatabase(database);
      server.retireLogin(user, "orders");

      assertThatThrownBy(() -> connect(database, user))
          .hasMessage("FATAL: database \"" + database + "\" does not exist");
      assertSqlState("42501", () -> connect(newDatabase(), user));

      for (int i = 0; i < LoginRoles.RETIRED; i++) {
        server.retireLogin(newLogin("postgres"), "none");
      }
      assertSqlState("28P01", () -> connect(database, user));
    }
  }

  @Nested
  class LoginsOfOneDatabase {
    private final String database = newDatabase();
    private final String first = newLogin(database);
    private final String second = newLogin(database);
    private final String third = newLogin(database);

    @Test
    void shareWhatAnyOfThemMakes() throws SQLException {
      for (String creator : List.of(first, second, third)) {
        String table = "made_by_" + creator;
        try (Connection connection = connect(database, creator)) {
          execute(connection, "CREATE TABLE " + table + " (id int)");
        }
        for (String user : List.of(first, second, third)) {
          try (Connection connection = connect(database, user)) {
            execute(connection, "ALTER TABLE " + table + " ADD COLUMN " + user + " int");
            execute(connection, "INSERT INTO " + table + " (id) VALUES (1)");
          }
        }
      }
    }

    @Test
    void inheritFromOneThatIsDropped() throws SQLException {
      try (Connection connection = connect(database, first)) {
        execute(connection, "CREATE TABLE t (id int)");
        server.dropLogin(first);
        assertThatThrownBy(() -> execute(connection, "SELECT 1")).isInstanceOf(SQLException.class);
      }
      assertSqlState("28P01", () -> connect(database, first));
      for (String user : List.of(second, third, newLogin(database))) {
        try (Connection connection = connect(database, user)) {
          execute(connection, "ALTER TABLE t ADD COLUMN " + user + " int");
          execute(connection, "CREATE TABLE of_" + user + " (id int)");
        }
      }
      try (Connection connection = connect(database, second)) {
        execute(connection, "DROP TABLE t, of_" + second + ", of_" + third);
      }
    }

    @Test
    void loseTheirSessionsWhenTheyAreDropped() throws SQLException {
      String database = newDatabase();
      newLogin(database);
      String second = newLogin(database);
      try (Connection session = connect(database, second)) {
        server.dropLogin(second);
        assertThat(session.isValid(60)).isFalse();
      }
    }

    @Test
    void leaveTheirTablesWhenAllAreDropped() throws SQLException {
      try (Connection connection = connect(database, second)) {
        execute(connection, "CREATE TABLE kept (id int)");
      }
      server.dropLogin(first);
      server.dropLogin(second);
      server.dropLogin(third);
      try (Connection connection = connect(database, newLogin(database))) {
        execute(connection, "DROP TABLE kept");
      }
    }
  }

  @Nested
  class TheServer {
    @Test
    void createsAndDropsManyDatabasesAtOnce() {
      List<String> databases = IntStream.range(0, 20).mapToObj(i -> "many_" + i).toList();
      databases.parallelStream().forEach(server::createDatabase);
      databases.parallelStream()
          .forEach(database -> assertThat(canConnect(database, newLogin(database))).isTrue());
      databases.parallelStream().forEach(server::dropDatabase);
    }

    @Test
    void dropsWhatDoesNotExistWithoutComplaint() {
      server.dropDatabase("never_created");
      server.dropLogin("never_created");
    }

    @Test
    void tellsWhatPostgresSaidWhenADatabaseExistsAlready() {
      String database = newDatabase();
      assertThatThrownBy(() -> server.createDatabase(database))
          .isInstanceOf(DatabaseEngineException.class)
          .hasMessage(
              "PostgreSQL could not create database %s: ERROR: database \"%s\" already exists",
              database, database);
    }

    @Test
    void doesNotRunAsRoot() throws Exception {
      PostmasterPid pid = PostmasterPid.read(dataDirectory(server));
      assertThat(pid).isNotNull();
      assertThat(pid.process(dataDirectory(server)).orElseThrow().info().user())
          .get()
          .isNotEqualTo("root");
    }

    @Test
    void leavesNothingWhenItIsClosed() throws Exception {
      PostgresServer closing =
          PostgresServer.start(
              new PostgresSettings(
                  20, Duration.ofSeconds(10), Duration.ofSeconds(15), null, null, null));
      closing.createDatabase("left");
      Path data = dataDirectory(closing);
      ProcessHandle process = PostmasterPid.read(data).process(data).orElseThrow();

      closing.close();
      closing.close();

      assertThat(process.isAlive()).isFalse();
      assertThat(data.getParent()).doesNotExist();
      assertThat(Path.of(data.getParent() + ".lock")).doesNotExist();
    }

    @Test
    void isClosedWhileTheProgramUnderTestHoldsTheCommonPool() {
      PostgresServer closing =
          PostgresServer.start(
              new PostgresSettings(
                  20, Duration.ofSeconds(10), Duration.ofSeconds(15), null, null, null));
      CountDownLatch closed = new CountDownLatch(1);
      ForkJoinPool pool = ForkJoinPool.commonPool();
      try {
        for (int i = 0; i < pool.getParallelism(); i++) {
          pool.execute(
              () -> {
                try {
                  closed.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
        }

        closing.close();
      } finally {
        closed.countDown();
      }
    }

    @Test
    void saysAtOnceThatItsProcessWasKilled() throws Exception {
      try (PostgresServer killed =
          PostgresServer.start(
              new PostgresSettings(
                  20, Duration.ofSeconds(10), Duration.ofSeconds(15), null, null, null))) {
        Path data = dataDirectory(killed);
        ProcessHandle process = PostmasterPid.read(data).process(data).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();

        assertThatThrownBy(() -> killed.createDatabase("late"))
            .isInstanceOf(DatabaseEngineException.class)
            .hasMessage(
                "PostgreSQL could not create database late: the server has ended; was it killed?");
      }
    }

    @Test
    void admitsALoginBesideSilentConnectionsThatHaveTakenAllPlaces() throws Exception {
      List<Socket> silent = new ArrayList<>();
      // PostgreSQL has twice as many places as logins: 2 * (25 + 8 + 12) of its own.
      try (PostgresServer small =
          PostgresServer.start(
              new PostgresSettings(
                  1, Duration.ofSeconds(10), Duration.ofSeconds(15), null, null, null))) {
        small.createDatabase("database");
        small.createLogin("database", "user", password("user"));
        for (int i = 0; i < 100; i++) {
          Socket socket = new Socket(small.host(), small.port());
          silent.add(socket);
          if (i % 2 == 0) {
            socket.getOutputStream().write(SSL_REQUEST);
          }
        }
        assertSqlState("53300", () -> connect(small, "database", "user", Map.of()));

        await()
            .atMost(Duration.ofMinutes(2))
            .ignoreExceptions()
            .untilAsserted(
                () -> {
                  try (Connection let = connect(small, "database", "user", Map.of())) {
                    assertThat(value(let, "SHOW authentication_timeout")).isEqualTo("20s");
                  }
                });
        small.createDatabase("another");
      } finally {
        for (Socket socket : silent) {
          socket.close();
        }
      }
    }

    @Test
    void cancelsAStatementAfterTheQueryTimeout() throws SQLException {
      try (PostgresServer strict = withTimeouts(Duration.ofSeconds(2), Duration.ofMinutes(3));
          Connection connection = connectToNewDatabase(strict)) {
        assertSqlState("57014", () -> execute(connection, "SELECT pg_sleep(180)"));
      }
    }

    @Test
    void endsTheSessionAfterTheTransactionTimeout() throws SQLException {
      try (PostgresServer strict = withTimeouts(Duration.ofMinutes(3), Duration.ofSeconds(2));
          Connection connection = connectToNewDatabase(strict)) {
        connection.setAutoCommit(false);
        assertSqlState(
            "25P04",
            () -> {
              for (int i = 0; i < 900; i++) {
                execute(connection, "SELECT pg_sleep(0.2)");
              }
            });
      }
    }

    private static PostgresServer withTimeouts(Duration query, Duration transaction) {
      return PostgresServer.start(new PostgresSettings(20, query, transaction, null, null, null));
    }

    private static Connection connectToNewDatabase(PostgresServer server) throws SQLException {
      server.createDatabase("database");
      server.createLogin("database", "user", password("user"));
      return connect(server, "database", "user", Map.of());
    }

    @Test
    void saysWhatIsMissingInAnInstallationThatIsNone(@TempDir Path empty) {
      assertThatThrownBy(
              () ->
                  PostgresServer.start(
                      new PostgresSettings(
                          20, Duration.ofSeconds(10), Duration.ofSeconds(15), null, null, empty)))
          .isInstanceOf(DatabaseEngineException.class)
          .hasMessageContaining("The setting ppgtest.postgres-home names " + empty)
          .hasMessageContaining("It has to be the directory above bin");
    }

    @Test
    void saysWhichSettingNamesADirectoryThatCannotBeWritten(@TempDir Path directory)
        throws Exception {
      Path file = Files.createFile(directory.resolve("file"));
      assertThatThrownBy(
              () ->
                  PostgresServer.start(
                      new PostgresSettings(
                          20, Duration.ofSeconds(10), Duration.ofSeconds(15), null, file, null)))
          .isInstanceOf(DatabaseEngineException.class)
          .hasMessage(
              "Cannot use the directory for databases %1$s: %1$s is not a directory. Name one that"
                  + " only you can write to with the setting ppgtest.data-dir.",
              file);
    }
  }

  static Path dataDirectory(PostgresServer server) {
    String text = server.toString();
    return Path.of(text.substring(text.indexOf('[') + 1, text.indexOf(','))).resolve("data");
  }

  private static String newDatabase() {
    String database = "database_" + COUNTER.incrementAndGet();
    server.createDatabase(database);
    return database;
  }

  private static String newLogin(String database) {
    // As long as the cloud's, of which PostgreSQL keeps 63 characters.
    String user =
        "user_%d_%s".formatted(COUNTER.incrementAndGet(), "x".repeat(64)).substring(0, 64);
    server.createLogin(database, user, password(user));
    return user;
  }

  private static String password(String user) {
    return "sk_'" + user;
  }

  private static boolean canConnect(String database, String user) {
    try (Connection connection = connect(database, user)) {
      return connection.isValid(60);
    } catch (SQLException e) {
      throw new UncheckedIOException(new java.io.IOException(e));
    }
  }

  private static Connection connect(String database, String user) throws SQLException {
    return connect(database, user, Map.of());
  }

  private static Connection connect(String database, String user, Map<String, String> changes)
      throws SQLException {
    return connect(server, database, user, changes);
  }

  private static Connection connect(
      PostgresServer server, String database, String user, Map<String, String> changes)
      throws SQLException {
    Properties properties = new Properties();
    properties.put("user", user);
    properties.put("password", password(user));
    properties.put("sslmode", "require");
    properties.putAll(changes);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database, properties);
  }

  private static void assertSqlState(String expected, ThrowingCallable call) {
    assertThatThrownBy(call)
        .asInstanceOf(type(SQLException.class))
        .extracting(SQLException::getSQLState)
        .isEqualTo(expected);
  }
}
