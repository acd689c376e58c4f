package io.github.ppgtest.junit;

import static io.github.ppgtest.junit.Databases.execute;
import static io.github.ppgtest.junit.Databases.nameOf;
import static io.github.ppgtest.junit.Databases.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.Provider;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.PGConnection;

class InjectionTest {

  @Test
  void givesATestAPoolAConnectionAndTheDatabase() {
    Execution.of(TestMethodTestCases.class).passed(1);
  }

  @PrismaPostgres
  static class TestMethodTestCases {
    @Test
    void takesAllThree(
        DataSource pool, Connection connection, Connection another, PrismaPostgresDatabase database)
        throws SQLException {
      assertThat(List.of(nameOf(pool), nameOf(connection), nameOf(another)))
          .containsOnly(nameOf(database));
      assertThat(connection).isNotSameAs(another);
      assertThat(pool).isSameAs(database.dataSource());
      assertThat(database.provider()).isEqualTo(Provider.EMBEDDED);
      assertThat(database.name()).startsWith("ppgtest_TestMethodTe_");
      assertThat(query(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void givesThemToLifecycleMethods() {
    Execution.of(LifecycleTestCases.class).passed(2);
    assertThat(LifecycleTestCases.seen).hasSize(5).containsOnly(LifecycleTestCases.seen.get(0));
  }

  @PrismaPostgres
  static class LifecycleTestCases {
    static final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void beforeAll(DataSource pool, Connection connection) throws SQLException {
      execute(pool, "CREATE TABLE t (id int PRIMARY KEY)");
      seen.add(nameOf(connection));
    }

    @BeforeEach
    void beforeEach(Connection connection) throws SQLException {
      seen.add(nameOf(connection));
    }

    @AfterEach
    void afterEach(PrismaPostgresDatabase database) throws SQLException {
      execute(database.dataSource(), "DELETE FROM t");
    }

    @AfterAll
    static void afterAll(Connection connection) throws SQLException {
      seen.add(nameOf(connection));
    }

    @Test
    void insertsOnce(Connection connection) throws SQLException {
      execute(connection, "INSERT INTO t VALUES (1)");
      seen.add(nameOf(connection));
    }

    @Test
    void insertsTheSameOnceMore(Connection connection) throws SQLException {
      execute(connection, "INSERT INTO t VALUES (1)");
    }
  }

  @Test
  void givesThemToConstructors() {
    Execution.of(ConstructorTestCases.class).passed(2);
    assertThat(ConstructorTestCases.connections).hasSize(2);
  }

  @PrismaPostgres
  static class ConstructorTestCases {
    static final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final Connection connection;
    private final DataSource pool;

    ConstructorTestCases(Connection connection, DataSource pool) throws SQLException {
      // Those of the tests before were closed with their tests.
      for (Connection earlier : connections) {
        assertThat(earlier.isClosed()).isTrue();
      }
      connections.add(connection);
      this.connection = connection;
      this.pool = pool;
    }

    @Test
    void first() throws SQLException {
      assertThat(nameOf(connection)).isEqualTo(nameOf(pool));
    }

    @Test
    void second() throws SQLException {
      assertThat(nameOf(connection)).isEqualTo(nameOf(pool));
    }
  }

  @Test
  void givesThemToTheConstructorOfAnInstancePerClass() {
    Execution.of(PerClassTestCases.class).passed(2);
  }

  @PrismaPostgres
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerClassTestCases {
    private final Connection connection;

    PerClassTestCases(Connection connection) {
      this.connection = connection;
    }

    @BeforeAll
    void beforeAll(DataSource pool) throws SQLException {
      assertThat(nameOf(pool)).isEqualTo(nameOf(connection));
      execute(connection, "CREATE TEMPORARY TABLE seen (id int)");
    }

    @Test
    void first() throws SQLException {
      execute(connection, "INSERT INTO seen VALUES (1)");
    }

    @Test
    void second() throws SQLException {
      execute(connection, "INSERT INTO seen VALUES (2)");
    }
  }

  @Test
  void closesAConnectionAfterItsTestAndTakesItsTransactionBack() {
    Execution.of(ClosedConnectionTestCases.class).passed(2);
    assertThat(ClosedConnectionTestCases.given)
        .hasSize(2)
        .allSatisfy(connection -> assertThat(connection.isClosed()).isTrue());
  }

  @PrismaPostgres(scripts = "numbers.sql", poolSize = 1)
  static class ClosedConnectionTestCases {
    static final List<Connection> given = new CopyOnWriteArrayList<>();

    @Test
    void leavesATransactionOpen(Connection connection) throws SQLException {
      startsWithTheRowsOfTheScript(connection);
    }

    // The pool has one connection: this test waits in vain if the other's was not given back.
    @Test
    void leavesAnotherTransactionOpen(Connection connection) throws SQLException {
      startsWithTheRowsOfTheScript(connection);
    }

    private static void startsWithTheRowsOfTheScript(Connection connection) throws SQLException {
      given.add(connection);
      assertThat(connection.getAutoCommit()).isTrue();
      connection.setAutoCommit(false);
      assertThat(query(connection, "SELECT count(*) FROM number")).isEqualTo("3");
      execute(connection, "DELETE FROM number");
    }
  }

  /** The pool has one place, which the next test takes at once. */
  @Test
  void letsATestPassThatHasEndedItsConnection() {
    Execution.of(EndedConnectionTestCases.class).passed(18);
  }

  @PrismaPostgres(scripts = "numbers.sql", poolSize = 1)
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class EndedConnectionTestCases {
    @BeforeEach
    void findsAPlaceInThePool(DataSource pool) throws SQLException {
      try (Connection connection = pool.getConnection()) {
        assertThat(query(connection, "SELECT count(*) FROM number")).isEqualTo("3");
      }
    }

    @Test
    void closesIt(Connection connection) throws SQLException {
      begin(connection).close();
    }

    @Test
    void closesItTwice(Connection connection) throws SQLException {
      begin(connection).close();
      connection.close();
    }

    @Test
    void abortsIt(Connection connection) throws SQLException {
      begin(connection).abort(Runnable::run);
    }

    @Test
    void abortsTheDriversConnection(Connection connection) throws SQLException {
      ((Connection) begin(connection).unwrap(PGConnection.class)).abort(Runnable::run);
    }

    @Test
    void closesTheDriversConnection(Connection connection) throws SQLException {
      begin(connection).unwrap(Connection.class).close();
    }

    @Test
    void closesTheDriversConnectionOutsideATransaction(Connection connection) throws SQLException {
      connection.unwrap(Connection.class).close();
    }

    @Test
    void terminatesItself(Connection connection) throws SQLException {
      begin(connection);
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> query(connection, "SELECT pg_terminate_backend(pg_backend_pid())"))
          .extracting(SQLException::getSQLState)
          .isEqualTo("57P01");
    }

    @Test
    void isTerminatedUnseen(Connection connection, PrismaPostgresDatabase database)
        throws SQLException {
      String pid = query(begin(connection), "SELECT pg_backend_pid()");
      try (Connection other =
          DriverManager.getConnection(
              database.jdbcUrl(), database.username(), database.password())) {
        assertThat(query(other, "SELECT pg_terminate_backend(%s, 60000)".formatted(pid)))
            .isEqualTo("t");
      }
    }

    @Test
    void isTerminatedUnseenOutsideATransaction(
        Connection connection, PrismaPostgresDatabase database) throws SQLException {
      String pid = query(connection, "SELECT pg_backend_pid()");
      try (Connection other =
          DriverManager.getConnection(
              database.jdbcUrl(), database.username(), database.password())) {
        assertThat(query(other, "SELECT pg_terminate_backend(%s, 60000)".formatted(pid)))
            .isEqualTo("t");
      }
    }

    @Test
    void takesTooLongForItsTransaction(Connection connection) throws SQLException {
      execute(connection, "SET transaction_timeout = '50ms'");
      connection.setAutoCommit(false);
      // The driver sends both at once, so that the session is at work when its time is over.
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> execute(connection, "DELETE FROM number; SELECT pg_sleep(60)"))
          .extracting(SQLException::getSQLState)
          .isEqualTo("25P04");
    }

    @Test
    void leavesItsTransactionIdle(Connection connection, PrismaPostgresDatabase database)
        throws SQLException {
      String pid = query(begin(connection), "SELECT pg_backend_pid()");
      execute(connection, "SET idle_in_transaction_session_timeout = '50ms'");
      awaitTheEndOf(pid, database);
    }

    @Test
    void leavesItIdle(Connection connection, PrismaPostgresDatabase database) throws SQLException {
      String pid = query(connection, "SELECT pg_backend_pid()");
      execute(connection, "SET idle_session_timeout = '50ms'");
      awaitTheEndOf(pid, database);
    }

    @Test
    void leavesACopyIntoATableUnfinished(Connection connection) throws SQLException {
      execute(connection, "CREATE TEMPORARY TABLE half (a int)");
      connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY half FROM STDIN");
    }

    @Test
    void leavesACopyInATransactionUnfinished(Connection connection) throws SQLException {
      execute(begin(connection), "CREATE TEMPORARY TABLE half (a int)");
      connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY half FROM STDIN");
    }

    @Test
    void leavesACopyOutOfATableUnread(Connection connection) throws SQLException {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY (SELECT generate_series(1, 100000)) TO STDOUT");
    }

    @Test
    void closesItsPool(Connection connection, DataSource pool) throws SQLException {
      begin(connection);
      pool.unwrap(HikariDataSource.class).close();
    }

    @Test
    void evictsIt(Connection connection, DataSource pool) throws SQLException {
      pool.unwrap(HikariDataSource.class).evictConnection(begin(connection));
    }

    @Test
    void leavesItInAFailedTransaction(Connection connection) throws SQLException {
      begin(connection);
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> query(connection, "SELECT 1 / 0"));
    }

    private static Connection begin(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
      assertThat(query(connection, "SELECT count(*) FROM number")).isEqualTo("3");
      execute(connection, "DELETE FROM number");
      return connection;
    }

    private static void awaitTheEndOf(String pid, PrismaPostgresDatabase database)
        throws SQLException {
      try (Connection other =
          DriverManager.getConnection(
              database.jdbcUrl(), database.username(), database.password())) {
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(
                () -> query(other, "SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid),
                "0"::equals);
      }
    }
  }

  @Test
  void letsAClassPassThatHasEndedTheConnectionOfItsConstructor() {
    Execution.of(EndedPerClassTestCases.class).passed(3);
  }

  /** The class has two of the three until its end, and each nested test takes the third. */
  @PrismaPostgres(poolSize = 3)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class EndedPerClassTestCases {
    private final Connection given;

    EndedPerClassTestCases(Connection given) {
      this.given = given;
    }

    @BeforeAll
    void beginTransaction(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
      execute(connection, "CREATE TABLE t (id int)");
      connection.abort(Runnable::run);
    }

    @Test
    void endsIt() throws SQLException {
      given.setAutoCommit(false);
      query(given, "SELECT 1");
      given.abort(Runnable::run);
    }

    @Nested
    class Inner {
      private final Connection own;

      Inner(Connection own) {
        this.own = own;
      }

      @Test
      void endsItsOwn() throws SQLException {
        own.setAutoCommit(false);
        query(own, "SELECT 1");
        own.unwrap(Connection.class).close();
      }

      @Test
      void hasItsOwnEnded() {
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> query(own, "SELECT pg_terminate_backend(pg_backend_pid())"));
      }
    }
  }
}
