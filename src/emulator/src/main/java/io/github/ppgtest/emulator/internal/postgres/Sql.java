package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.Utils;

/** Statements with names and literals that JDBC cannot bind, quoted by the driver. */
final class Sql {
  private static final int LONGEST_NAME = 63;

  private Sql() {}

  /** Runs statements one after the other, in one round trip. */
  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(String.join("; ", statements));
    }
  }

  /** Runs statements in a transaction of their own. */
  static void executeTogether(Connection connection, List<String> statements) throws SQLException {
    connection.setAutoCommit(false);
    try {
      execute(connection, statements.toArray(String[]::new));
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Returns whether a query has a row. */
  static boolean exists(Connection connection, String query, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, query, parameters)) {
      return statement.executeQuery().next();
    }
  }

  private static PreparedStatement prepare(
      Connection connection, String query, String... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query);
    for (int i = 0; i < parameters.length; i++) {
      statement.setString(i + 1, parameters[i]);
    }
    return statement;
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

  /** The first column of a query, as texts. */
  static List<String> texts(Connection connection, String query, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, query, parameters)) {
      List<String> texts = new ArrayList<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  /** Returns a name as PostgreSQL keeps it: 63 characters, of the 64 that a login's has. */
  static String kept(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
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

  /**
   * Returns a failure with pgjdbc's message, which has the server's words and never a statement, so
   * no password.
   */
  static DatabaseEngineException failure(String what, SQLException e) {
    return new DatabaseEngineException("PostgreSQL could not " + what + ": " + e.getMessage(), e);
  }
}
