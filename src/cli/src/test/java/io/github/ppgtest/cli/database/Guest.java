package io.github.ppgtest.cli.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A program that is run with a database: uses it until it is ended, and once more at its end. */
final class Guest {
  private Guest() {}

  public static void main(String[] arguments) throws SQLException {
    Runtime.getRuntime().addShutdownHook(new Thread(Guest::sayGoodbye));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      System.out.println("hello from " + name(statement));
      while (true) {
        // Less than a statement may take.
        statement.execute("SELECT pg_sleep(5)");
      }
    } catch (SQLException e) {
      System.out.println("cut off: " + e.getSQLState());
    }
  }

  private static void sayGoodbye() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      System.out.println("goodbye from " + name(statement));
    } catch (SQLException e) {
      System.out.println("no goodbye: " + e.getSQLState());
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        System.getenv("JDBC_DATABASE_URL"),
        System.getenv("JDBC_DATABASE_USERNAME"),
        System.getenv("JDBC_DATABASE_PASSWORD"));
  }

  private static String name(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("SELECT current_database()")) {
      result.next();
      return result.getString(1);
    }
  }
}
