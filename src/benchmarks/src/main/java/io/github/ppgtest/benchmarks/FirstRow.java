package io.github.ppgtest.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.TestReporter;

/** The work of every test: read a row, and report when it was there. */
final class FirstRow {
  /** The name under which the time is reported, in nanoseconds of {@link System#nanoTime()}. */
  static final String REPORTED_AS = "first row";

  private FirstRow() {}

  static void read(Connection connection, TestReporter reporter) throws SQLException {
    read(connection);
    wasRead(reporter);
  }

  static int read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 42")) {
      if (!rows.next() || rows.getInt(1) != 42) {
        throw new IllegalStateException("The database answered, but not with 42.");
      }
      return rows.getInt(1);
    }
  }

  static void wasRead(TestReporter reporter) {
    reporter.publishEntry(REPORTED_AS, Long.toString(System.nanoTime()));
  }
}
