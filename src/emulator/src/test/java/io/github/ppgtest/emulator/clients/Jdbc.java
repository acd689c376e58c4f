package io.github.ppgtest.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Connecting with the URL that another client printed. */
final class Jdbc {
  private Jdbc() {}

  /** Returns the first column of the first row. */
  static String query(String connectionString, String sql) throws SQLException {
    URI uri = URI.create(connectionString);
    String[] login = uri.getUserInfo().split(":", 2);
    String url =
        "jdbc:postgresql://%s:%d%s?%s"
            .formatted(uri.getHost(), uri.getPort(), uri.getPath(), uri.getQuery());
    try (Connection connection = DriverManager.getConnection(url, login[0], login[1]);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
