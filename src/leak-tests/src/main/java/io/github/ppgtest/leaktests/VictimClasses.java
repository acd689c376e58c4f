package io.github.ppgtest.leaktests;

import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.junit.PrismaPostgres;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Test classes as people write them, tidy and untidy ones. */
final class VictimClasses {
  private VictimClasses() {}

  /** Returns the class for a sweep, which only has to begin and end. */
  static List<Class<?>> one() {
    return List.of(Tidy.class);
  }

  /** Returns all of them. */
  static List<Class<?>> all() {
    return List.of(
        Tidy.class,
        Scripted.class,
        WithNested.class,
        Failing.class,
        Leaking.class,
        WithPools.class,
        Sharing.class);
  }

  private static void use(Connection connection) throws SQLException, InterruptedException {
    System.out.println("LEAKS test runs");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS things (id int)");
      statement.execute("INSERT INTO things SELECT generate_series(1, 100)");
    }
    Orders.work();
  }

  @PrismaPostgres
  static final class Tidy {
    @Test
    void usesIt(Connection connection) throws Exception {
      use(connection);
    }

    @Test
    void usesItAgain(Connection connection) throws Exception {
      use(connection);
    }
  }

  @PrismaPostgres(scripts = "leaks.sql")
  static final class Scripted {
    @Test
    void usesIt(Connection connection) throws Exception {
      use(connection);
    }
  }

  @PrismaPostgres
  static final class WithNested {
    @Test
    void usesIt(Connection connection) throws Exception {
      use(connection);
    }

    @Nested
    final class Inside {
      @Test
      void usesTheOuterOne(Connection connection) throws Exception {
        use(connection);
      }
    }

    @Nested
    @PrismaPostgres
    final class WithItsOwn {
      @Test
      void usesIt(Connection connection) throws Exception {
        use(connection);
      }
    }
  }

  @PrismaPostgres
  static final class Failing {
    @Test
    void fails(Connection connection) throws Exception {
      use(connection);
      throw new AssertionError("as it is meant to");
    }

    @AfterAll
    static void failsAgain() {
      throw new IllegalStateException("as it is meant to");
    }
  }

  @PrismaPostgres
  static final class Leaking {
    @Test
    @SuppressWarnings("resource")
    void leavesATransactionOpen(DataSource dataSource) throws Exception {
      Connection leaked = dataSource.getConnection();
      leaked.setAutoCommit(false);
      use(leaked);
    }
  }

  @PrismaPostgres
  static final class WithPools {
    @Test
    @SuppressWarnings("resource")
    void makesPoolsAndForgetsThem(PrismaPostgresDatabase database) throws Exception {
      try (Connection connection = database.newDataSource(3).getConnection()) {
        use(connection);
      }
    }
  }

  @PrismaPostgres
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static final class Sharing {
    private final DataSource dataSource;

    Sharing(DataSource dataSource) {
      this.dataSource = dataSource;
    }

    @Test
    void usesIt() throws Exception {
      try (Connection connection = dataSource.getConnection()) {
        use(connection);
      }
    }
  }

  /** Returns twenty classes that pass where there is a database. */
  static List<Class<?>> calm() {
    return Stream.<Class<?>>of(Calm.class.getDeclaredClasses())
        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
        .toList();
  }

  /** A container for them. */
  static final class Calm {
    private Calm() {}

    @PrismaPostgres
    abstract static class WithDatabase {
      @Test
      void usesIt(Connection connection) throws Exception {
        use(connection);
      }

      @Test
      void usesItAgain(DataSource dataSource) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
          use(connection);
        }
      }
    }

    static final class Class01 extends WithDatabase {}

    static final class Class02 extends WithDatabase {}

    static final class Class03 extends WithDatabase {}

    static final class Class04 extends WithDatabase {}

    static final class Class05 extends WithDatabase {}

    static final class Class06 extends WithDatabase {}

    static final class Class07 extends WithDatabase {}

    static final class Class08 extends WithDatabase {}

    static final class Class09 extends WithDatabase {}

    static final class Class10 extends WithDatabase {}

    static final class Class11 extends WithDatabase {}

    static final class Class12 extends WithDatabase {}

    static final class Class13 extends WithDatabase {}

    static final class Class14 extends WithDatabase {}

    static final class Class15 extends WithDatabase {}

    static final class Class16 extends WithDatabase {}

    static final class Class17 extends WithDatabase {}

    static final class Class18 extends WithDatabase {}

    static final class Class19 extends WithDatabase {}

    static final class Class20 extends WithDatabase {}
  }
}
