package io.github.ppgtest.junit;

import static io.github.ppgtest.junit.Databases.execute;
import static io.github.ppgtest.junit.Databases.nameOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.ppgtest.Isolation;
import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.junit.Databases.Access;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodIsolationTest {

  /** Tests that would fail on each other's database. */
  abstract static class WritesTheSame {
    static final List<Access> databases = new CopyOnWriteArrayList<>();

    static void write(PrismaPostgresDatabase database) throws SQLException {
      databases.add(Access.to(database));
      execute(database.dataSource(), "CREATE TABLE t (id int PRIMARY KEY)");
    }
  }

  @PrismaPostgres(isolation = Isolation.METHOD)
  static class AllKindsTestCases extends WritesTheSame {
    @Test
    void aTest(PrismaPostgresDatabase database) throws SQLException {
      write(database);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void eachArgument(int number, PrismaPostgresDatabase database) throws SQLException {
      write(database);
    }

    @RepeatedTest(2)
    void eachRepetition(PrismaPostgresDatabase database) throws SQLException {
      write(database);
    }

    @TestFactory
    List<DynamicTest> aFactory(PrismaPostgresDatabase database) {
      return List.of(
          dynamicTest("writes", () -> write(database)),
          dynamicTest(
              "sees what the other wrote",
              () -> execute(database.dataSource(), "INSERT INTO t VALUES (1)")));
    }

    @Nested
    class Inner {
      @Test
      void followsTheClassAroundIt(PrismaPostgresDatabase database) throws SQLException {
        write(database);
      }
    }
  }

  @Test
  void givesEveryTestAFreshDatabaseAndDeletesIt() {
    WritesTheSame.databases.clear();

    Execution.of(AllKindsTestCases.class).passed(1 + 3 + 2 + 2 + 1);

    assertThat(WritesTheSame.databases).hasSize(8).doesNotHaveDuplicates();
    WritesTheSame.databases.forEach(Access::assertGone);
  }

  @PrismaPostgres(isolation = Isolation.METHOD, scripts = "numbers.sql")
  static class LifecycleTestCases {
    static final List<String> seen = new CopyOnWriteArrayList<>();
    private final DataSource pool;

    LifecycleTestCases(DataSource pool) {
      this.pool = pool;
    }

    @BeforeEach
    void before(Connection connection) throws SQLException {
      assertThat(nameOf(connection)).isEqualTo(nameOf(pool));
      execute(connection, "CREATE TABLE written (id int)");
    }

    @Test
    void first(Connection connection) throws SQLException {
      seen.add(nameOf(connection));
      execute(connection, "DELETE FROM number");
    }

    @Test
    void second(Connection connection) throws SQLException {
      seen.add(nameOf(connection));
      assertThat(Databases.query(connection, "SELECT count(*) FROM number")).isEqualTo("3");
    }

    @AfterEach
    void after(DataSource same) throws SQLException {
      assertThat(nameOf(same)).isEqualTo(seen.get(seen.size() - 1));
      execute(same, "INSERT INTO written VALUES (1)");
    }
  }

  @Test
  void givesTheSameOneToAllThatBelongsToATest() {
    Execution.of(LifecycleTestCases.class).passed(2);

    assertThat(LifecycleTestCases.seen).hasSize(2).doesNotHaveDuplicates();
  }

  @PrismaPostgres(isolation = Isolation.METHOD)
  static class ParallelTestCases {
    static final List<String> seen = new CopyOnWriteArrayList<>();

    @RepeatedTest(8)
    void writesTheSame(DataSource pool) throws SQLException {
      execute(pool, "CREATE TABLE t (id int PRIMARY KEY)");
      seen.add(nameOf(pool));
    }
  }

  @Test
  void keepsMethodsApartThatRunAtOnce() {
    Execution.inParallelOf(ParallelTestCases.class).passed(8);

    assertThat(ParallelTestCases.seen).hasSize(8).doesNotHaveDuplicates();
  }

  @PrismaPostgres
  static class AroundTestCases {
    @PrismaPostgres(isolation = Isolation.METHOD)
    @Nested
    class Inner {
      @Test
      void hasItsOwn(Connection connection) throws SQLException {
        execute(connection, "CREATE TABLE t (id int)");
      }

      @Test
      void hasAnother(Connection connection) throws SQLException {
        execute(connection, "CREATE TABLE t (id int)");
      }
    }

    @Test
    void sharesThatOfTheClass(DataSource pool) throws SQLException {
      execute(pool, "CREATE TABLE IF NOT EXISTS shared (id int)");
    }

    @Test
    void sharesItToo(DataSource pool) throws SQLException {
      execute(pool, "CREATE TABLE IF NOT EXISTS shared (id int)");
    }
  }

  @Test
  void isChosenByANestedClassForItself() {
    Execution.of(AroundTestCases.class).passed(4);
  }

  @Nested
  class WhatBelongsToNoMethod {
    private static final String REASON =
        "With isolation METHOD each test method of %s has a database of its own, so @BeforeAll,"
            + " @AfterAll and the constructor of a class that is made once for all its tests"
            + " (PER_CLASS) have none. Take it in @BeforeEach or in the test method, put what all"
            + " tests need into the schema, or use isolation CLASS.";

    @Test
    void isRefusedBeforeAll() {
      assertRefused(BeforeAllTestCases.class);
    }

    @Test
    void isRefusedAfterAll() {
      assertRefused(AfterAllTestCases.class);
    }

    @Test
    void isRefusedInTheConstructorOfAnInstancePerClass() {
      assertRefused(PerClassTestCases.class);
    }

    private static void assertRefused(Class<?> testCases) {
      assertThat(Execution.of(testCases).onlyFailure())
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isInstanceOf(ExtensionConfigurationException.class),
              thrown ->
                  assertThat(thrown).hasCauseInstanceOf(ExtensionConfigurationException.class))
          .hasMessageContaining(REASON.formatted(testCases.getName()));
    }
  }

  @PrismaPostgres(isolation = Isolation.METHOD)
  static class BeforeAllTestCases {
    @BeforeAll
    static void takesOne(DataSource pool) {}

    @Test
    void isNotReached() {}
  }

  @PrismaPostgres(isolation = Isolation.METHOD)
  static class AfterAllTestCases {
    @Test
    void passes() {}

    @AfterAll
    static void takesOne(DataSource pool) {}
  }

  @PrismaPostgres(isolation = Isolation.METHOD)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerClassTestCases {
    PerClassTestCases(DataSource pool) {}

    @Test
    void isNotReached() {}
  }
}
