package com.example.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The shop's database, where the environment says it is. */
public final class Database {
  private Database() {}

  /** Opens a connection, which the caller closes. */
  public static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        variable("JDBC_DATABASE_URL"),
        variable("JDBC_DATABASE_USERNAME"),
        variable("JDBC_DATABASE_PASSWORD"));
  }

  private static String variable(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(
          name
              + " is not set. For a build with a database of its own:"
              + " java -jar ppgtest.jar run --schema schema.sql -- mvn verify");
    }
    return value;
  }
}
