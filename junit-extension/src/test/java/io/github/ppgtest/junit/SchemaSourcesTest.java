package io.github.ppgtest.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.DatabaseInitializer;
import io.github.ppgtest.SchemaException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What the annotation makes a schema from. Neither Flyway nor Liquibase is on this class path. */
class SchemaSourcesTest {

  @PrismaPostgres(
      scripts = "numbers.sql",
      initializers = {FirstNumber.class, SecondNumber.class})
  static class InitializedTestCases {
    @Test
    void hasWhatTheInitializersMade(Connection connection) throws SQLException {
      assertThat(Databases.query(connection, "SELECT string_agg(name, ' ') FROM initialized"))
          .isEqualTo("first second");
    }
  }

  @Test
  void runsInitializersAfterScripts() {
    Execution.of(InitializedTestCases.class).passed(1);
  }

  @PrismaPostgres(prismaMigrations = "no/migrations")
  static class PrismaTestCases {
    @Test
    void first() {}
  }

  @Test
  void looksForPrismasMigrations() {
    assertThat(Execution.of(PrismaTestCases.class).onlyFailure())
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith(
            "The folder of Prisma migrations no/migrations was not found: there is no folder ");
  }

  @Test
  void showsNoneOfOurFrames() {
    assertThat(Execution.of(PrismaTestCases.class).onlyFailure().getStackTrace())
        .noneMatch(frame -> frame.getClassName().startsWith("io.github.ppgtest"));
  }

  @PrismaPostgres(flyway = {"db/migration", "classpath:more"})
  static class FlywayTestCases {
    @Test
    void first() {}
  }

  @Test
  void tellsWhatToAddForFlyway() {
    assertThat(Execution.of(FlywayTestCases.class).onlyFailure())
        .isInstanceOf(SchemaException.class)
        .hasMessage(
            "Flyway db/migration, classpath:more cannot be applied: Flyway is not on the class"
                + " path. Add the dependency org.flywaydb:flyway-database-postgresql, in a version"
                + " of your choice and in the scope test.");
  }

  @PrismaPostgres(liquibase = "db/changelog.xml")
  static class LiquibaseTestCases {
    @Test
    void first() {}
  }

  @Test
  void tellsWhatToAddForLiquibase() {
    assertThat(Execution.of(LiquibaseTestCases.class).onlyFailure())
        .isInstanceOf(SchemaException.class)
        .hasMessage(
            "Liquibase db/changelog.xml cannot be applied: Liquibase is not on the class path. Add"
                + " the dependency org.liquibase:liquibase-core, in a version of your choice and in"
                + " the scope test.");
  }

  static final class FirstNumber implements DatabaseInitializer {
    @Override
    public void initialize(Connection connection) throws SQLException {
      // The script's table is there.
      Databases.query(connection, "SELECT count(*) FROM number");
      Databases.execute(connection, "CREATE TABLE initialized AS SELECT 'first' AS name");
    }
  }

  static final class SecondNumber implements DatabaseInitializer {
    @Override
    public void initialize(Connection connection) throws SQLException {
      Databases.execute(connection, "INSERT INTO initialized VALUES ('second')");
    }
  }
}
