package io.github.ppgtest.junit;

import static io.github.ppgtest.junit.Databases.execute;
import static io.github.ppgtest.junit.Databases.nameOf;
import static io.github.ppgtest.junit.Databases.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.Provider;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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
}
