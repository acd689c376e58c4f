package io.github.ppgtest.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ppgtest.PrismaPostgresDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What tests here ask of databases. */
final class Databases {
  private Databases() {}

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static void execute(DataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      execute(connection, sql);
    }
  }

  /** Returns the first column of the first row. */
  static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  /** Returns the name of the database that the server says one is in. */
  static String nameOf(Connection connection) throws SQLException {
    return query(connection, "SELECT current_database()");
  }

  static String nameOf(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return nameOf(connection);
    }
  }

  static String nameOf(PrismaPostgresDatabase database) throws SQLException {
    return nameOf(database.dataSource());
  }

  /** A way into a database that stays known when the database is gone. */
  record Access(String jdbcUrl, String username, String password) {
    static Access to(PrismaPostgresDatabase database) {
      return new Access(database.jdbcUrl(), database.username(), database.password());
    }

    void assertGone() {
      assertThatThrownBy(() -> DriverManager.getConnection(jdbcUrl, username, password))
          .isInstanceOf(SQLException.class)
          .hasMessageMatching("FATAL: database \"db_[a-z0-9]+\" does not exist");
    }

    @Override
    public String toString() {
      return jdbcUrl;
    }
  }
}
