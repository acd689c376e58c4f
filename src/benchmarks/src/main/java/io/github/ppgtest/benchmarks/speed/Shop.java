package io.github.ppgtest.benchmarks.speed;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.TestReporter;

/**
 * The schema of every contender's tests, and their common work. A test fails unless it finds the
 * schema whole and untouched, so that only real work is measured.
 */
final class Shop {
  /** The location of Flyway's migrations. */
  static final String MIGRATIONS = "classpath:bench/migration";

  /** The name under which the first row's time is reported, as {@link System#nanoTime()}. */
  static final String FIRST_ROW = "first row";

  /** The system property that says how long a test goes on after its first row, in ms. */
  static final String WORK = "benchmark.work";

  private static final String CONTENTS =
      """
      SELECT (SELECT count(*) FROM country) + (SELECT count(*) FROM address)
             + (SELECT count(*) FROM customer) + (SELECT count(*) FROM brand)
             + (SELECT count(*) FROM product) + (SELECT count(*) FROM purchase)
             + (SELECT count(*) FROM purchase_item) || ' rows, '
          || (SELECT count(*) FROM flyway_schema_history WHERE success) || ' migrations, '
          || (SELECT count(*) FROM visit) || ' visits'
      """;

  private Shop() {}

  /** Migrates an empty database, for contenders without migrations of their own. */
  static void migrate(DataSource dataSource) {
    flyway(dataSource).migrate();
  }

  /** Empties a database and migrates it. */
  static void migrateAnew(DataSource dataSource) {
    Flyway flyway = flyway(dataSource);
    flyway.clean();
    flyway.migrate();
  }

  static Flyway flyway(DataSource dataSource) {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations(MIGRATIONS)
        .cleanDisabled(false)
        .load();
  }

  /** Reads the first row, checks everything else, leaves a trace, and works for a while. */
  static void visit(Connection connection, TestReporter reporter) throws SQLException {
    expect(
        "Customer 1",
        text(connection, "SELECT name FROM customer WHERE email = 'customer1@example.com'"));
    long firstRow = System.nanoTime();
    reporter.publishEntry(FIRST_ROW, Long.toString(firstRow));
    expect("1000 rows, 5 migrations, 0 visits", text(connection, CONTENTS));
    expect("/", text(connection, "INSERT INTO visit (page) VALUES ('/') RETURNING page"));
    long work = Duration.ofMillis(Long.getLong(WORK, 0)).toNanos();
    while (System.nanoTime() - firstRow < work) {
      text(connection, CONTENTS);
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void expect(String expected, String found) {
    if (!expected.equals(found)) {
      throw new IllegalStateException(
          "The database has \"%s\" instead of \"%s\".".formatted(found, expected));
    }
  }
}
