package io.github.ppgtest.junit.internal;

import com.zaxxer.hikari.HikariDataSource;
import io.github.ppgtest.PrismaPostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that a test was given; JUnit closes it after the test, as it does a database. */
public final class TestConnection implements CloseableResource, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TestConnection.class);

  private final HikariDataSource pool;
  private final Connection connection;

  private TestConnection(HikariDataSource pool) throws SQLException {
    this.pool = pool;
    this.connection = pool.getConnection();
  }

  /**
   * Takes a connection from a database's pool.
   *
   * @throws ParameterResolutionException if none can be had
   */
  public static TestConnection open(PrismaPostgresDatabase database) {
    try {
      return new TestConnection(database.dataSource().unwrap(HikariDataSource.class));
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

  /**
   * Gives it back to its pool, which drops it where its session has ended, by whatever the test
   * did: then there is nothing to roll back.
   *
   * @throws SQLException if what the test left open cannot be taken back, though the session goes
   *     on
   */
  @Override
  public void close() throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    Connection session = connection.unwrap(Connection.class);
    boolean isEvicted = hasEnded(session);
    if (isEvicted) {
      pool.evictConnection(connection);
    }
    try {
      connection.close();
    } catch (NullPointerException e) {
      // HikariCP takes the session from an entry that it drops, and its close() does not expect
      // that; it closes the session in another thread, perhaps later.
      log.debug("An injected connection was dropped by its pool: {}", e.getMessage(), e);
    } catch (SQLException e) {
      if (!isEvicted && !session.isClosed() && !pool.isClosed()) {
        throw e;
      }
      log.debug("An injected connection had ended before its test: {}", e.getMessage(), e);
    }
  }

  /** Outside a transaction the driver reads what the server has sent last, without asking it. */
  private static boolean hasEnded(Connection session) throws SQLException {
    if (session.isClosed()) {
      return true;
    }
    try {
      session.unwrap(PGConnection.class).getNotifications();
      return false;
    } catch (SQLException e) {
      log.debug("An injected connection had ended before its test: {}", e.getMessage(), e);
      return true;
    }
  }
}
