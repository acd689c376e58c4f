package io.github.ppgtest.junit;

import static io.github.ppgtest.junit.Databases.execute;
import static io.github.ppgtest.junit.Databases.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.junit.Databases.Access;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DatabasePerClassTest {

  /** A test that would fail if another class wrote to its database too. */
  abstract static class WritesTheSameKey {
    static final List<Access> databases = new CopyOnWriteArrayList<>();

    @Test
    void writesTheSameKey(PrismaPostgresDatabase database) throws SQLException {
      databases.add(Access.to(database));
      execute(database.dataSource(), "CREATE TABLE t (id int PRIMARY KEY)");
      execute(database.dataSource(), "INSERT INTO t VALUES (1)");
    }
  }

  @PrismaPostgres
  static class OneTestCases extends WritesTheSameKey {}

  @PrismaPostgres
  static class AnotherTestCases extends WritesTheSameKey {}

  @Test
  void keepsClassesApartAndDeletesWhatTheyHad() {
    Execution.of(OneTestCases.class, AnotherTestCases.class).passed(2);

    assertThat(WritesTheSameKey.databases).hasSize(2).doesNotHaveDuplicates();
    WritesTheSameKey.databases.forEach(Access::assertGone);
  }

  @PrismaPostgres
  abstract static class Parent {
    static final List<Access> databases = new CopyOnWriteArrayList<>();

    @Test
    void hasADatabase(PrismaPostgresDatabase database) {
      databases.add(Access.to(database));
    }
  }

  static class ChildTestCases extends Parent {}

  static class OtherChildTestCases extends Parent {}

  @Test
  void givesEachSubclassOfAnAnnotatedClassItsOwn() {
    Execution.of(ChildTestCases.class, OtherChildTestCases.class).passed(2);
    assertThat(Parent.databases).hasSize(2).doesNotHaveDuplicates();
  }

  @PrismaPostgres(scripts = "numbers.sql")
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @interface Numbers {}

  @Numbers
  static class ComposedTestCases {
    @Test
    void seesTheScriptOfTheComposedAnnotation(DataSource pool) throws SQLException {
      execute(pool, "DELETE FROM number");
    }
  }

  @Test
  void isAMetaAnnotation() {
    Execution.of(ComposedTestCases.class).passed(1);
  }

  @PrismaPostgres
  interface HasADatabase {}

  static class InterfaceTestCases implements HasADatabase {
    @Test
    void hasADatabase(Connection connection) throws SQLException {
      assertThat(nameOf(connection)).isNotEmpty();
    }
  }

  @Test
  void worksOnAnInterfaceOfTestClasses() {
    Execution.of(InterfaceTestCases.class).passed(1);
  }

  @Test
  void letsNestedClassesSeeTheDatabaseAroundThemOrTheirOwn() {
    Execution.of(OuterTestCases.class).passed(4);
  }

  @PrismaPostgres
  static class OuterTestCases {
    static String outer;
    private final DataSource injected;

    OuterTestCases(DataSource injected) {
      this.injected = injected;
    }

    @BeforeAll
    static void createTable(DataSource pool) throws SQLException {
      outer = nameOf(pool);
      execute(pool, "CREATE TABLE t (id serial)");
    }

    @BeforeEach
    void write(DataSource pool) throws SQLException {
      assertThat(List.of(nameOf(pool), nameOf(injected))).containsOnly(outer);
      execute(pool, "INSERT INTO t DEFAULT VALUES");
    }

    @Test
    void seesItsOwn(Connection connection) throws SQLException {
      assertThat(nameOf(connection)).isEqualTo(outer);
    }

    @Nested
    class Inner {
      @Test
      void seesTheOneAroundIt(Connection connection) throws SQLException {
        assertThat(nameOf(connection)).isEqualTo(outer);
      }

      @Nested
      class Innermost {
        @Test
        void seesTheOneAroundIt(PrismaPostgresDatabase database) throws SQLException {
          assertThat(nameOf(database)).isEqualTo(outer);
        }
      }
    }

    @Nested
    @PrismaPostgres(scripts = "numbers.sql")
    class WithItsOwn {
      private final DataSource own;

      WithItsOwn(DataSource own) {
        this.own = own;
      }

      @Test
      void seesThat(Connection connection) throws SQLException {
        execute(connection, "DELETE FROM number");
        assertThat(nameOf(connection)).isEqualTo(nameOf(own)).isNotEqualTo(outer);
      }
    }
  }

  @Test
  void keepsClassesApartThatRunAtOnce() {
    Execution.inParallelOf(
            Parallel1TestCases.class,
            Parallel2TestCases.class,
            Parallel3TestCases.class,
            Parallel4TestCases.class,
            Parallel5TestCases.class,
            Parallel6TestCases.class)
        .passed(6 * 5);
    assertThat(Parallel.tables).hasSize(6);
    assertThat(Parallel.databases).hasSize(30);
    assertThat(Parallel.databases.stream().distinct()).hasSize(6);
    Parallel.databases.forEach(Access::assertGone);
  }

  abstract static class Parallel {
    static final List<String> tables = new CopyOnWriteArrayList<>();
    static final List<Access> databases = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void createTable(DataSource pool) throws SQLException {
      execute(pool, "CREATE TABLE t (id serial)");
      tables.add(nameOf(pool));
    }

    @RepeatedTest(5)
    void writes(PrismaPostgresDatabase database) throws SQLException {
      execute(database.dataSource(), "INSERT INTO t DEFAULT VALUES");
      databases.add(Access.to(database));
    }
  }

  @PrismaPostgres
  static class Parallel1TestCases extends Parallel {}

  @PrismaPostgres
  static class Parallel2TestCases extends Parallel {}

  @PrismaPostgres
  static class Parallel3TestCases extends Parallel {}

  @PrismaPostgres
  static class Parallel4TestCases extends Parallel {}

  @PrismaPostgres
  static class Parallel5TestCases extends Parallel {}

  @PrismaPostgres
  static class Parallel6TestCases extends Parallel {}

  @Test
  void deletesTheDatabaseWhenTheClassFails() {
    assertThat(Execution.of(FailingTestCases.class).onlyFailure()).hasMessage("on purpose");
    FailingTestCases.database.assertGone();
  }

  @PrismaPostgres
  static class FailingTestCases {
    static Access database;

    @BeforeAll
    static void fails(PrismaPostgresDatabase given, Connection connection) throws SQLException {
      database = Access.to(given);
      connection.setAutoCommit(false);
      execute(connection, "CREATE TABLE t (id int)");
      throw new IllegalStateException("on purpose");
    }

    @Test
    void isNotReached() {}
  }
}
