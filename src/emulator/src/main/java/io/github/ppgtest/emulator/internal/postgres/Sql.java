package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.Utils;

/** Statements whose names and literals JDBC cannot bind, quoted by the driver. */
final class Sql {
  private Sql() {}

  /** Runs statements one after the other, in one round trip. */
  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(String.join("; ", statements));
    }
  }

  /** Whether a query with one parameter has an answer. */
  static boolean exists(Connection connection, String query, String parameter) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, parameter);
      return statement.executeQuery().next();
    }
  }

  /**
   * Ends sessions, each within 5 seconds, and returns how many.
   *
   * @param which a condition on pg_stat_activity with one parameter
   */
  static int endSessions(Connection connection, String which, String parameter)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid, 5000))"
                + " FROM pg_stat_activity WHERE "
                + which)) {
      statement.setString(1, parameter);
      try (ResultSet ended = statement.executeQuery()) {
        ended.next();
        return ended.getInt(1);
      }
    }
  }

  static String identifier(String name) {
    try {
      return Utils.escapeIdentifier(new StringBuilder(), name).toString();
    } catch (SQLException e) {
      throw new IllegalArgumentException("A name holds a zero byte.", e);
    }
  }

  static String literal(String text) {
    try {
      return Utils.escapeLiteral(new StringBuilder("'"), text, true).append('\'').toString();
    } catch (SQLException e) {
      throw new IllegalArgumentException("A text holds a zero byte.", e);
    }
  }

  /** pgjdbc's messages carry the server's words and never a statement, so no password. */
  static DatabaseEngineException failure(String what, SQLException e) {
    return new DatabaseEngineException("PostgreSQL could not " + what + ": " + e.getMessage(), e);
  }
}
