package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** A connection that a test was given; JUnit closes it after the test, as it does a database. */
public final class TestConnection implements CloseableResource, AutoCloseable {
  private final Connection connection;

  private TestConnection(Connection connection) {
    this.connection = connection;
  }

  /**
   * Takes a connection from a database's pool.
   *
   * @throws ParameterResolutionException if none can be had
   */
  public static TestConnection open(PrismaPostgresDatabase database) {
    try {
      return new TestConnection(database.dataSource().getConnection());
    } catch (SQLException e) {
      throw new ParameterResolutionException(
          "No connection to database %s: %s Do other tests hold all connections of its pool (ppgtest.pool-size)?"
              .formatted(database.name(), e.getMessage()),
          e);
    }
  }

  public Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
