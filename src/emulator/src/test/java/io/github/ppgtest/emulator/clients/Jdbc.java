package io.github.ppgtest.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Connecting with a URL as the API gives it, and other clients print it. */
public final class Jdbc {
  private Jdbc() {}

  public static Connection connect(String connectionString) throws SQLException {
    URI uri = URI.create(connectionString);
    String[] login = uri.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d%s?%s"
            .formatted(uri.getHost(), uri.getPort(), uri.getPath(), uri.getQuery()),
        login[0],
        login[1]);
  }

  /** Returns the first column of the first row. */
  public static String query(String connectionString, String sql) throws SQLException {
    try (Connection connection = connect(connectionString);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
