package io.github.ppgtest.junit.internal;

import com.zaxxer.hikari.HikariDataSource;
import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.emulator.UserLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A test's injected connection; JUnit closes it after the test, as it does a database. */
public final class TestConnection implements CloseableResource, AutoCloseable {
  private static final UserLog log = UserLog.of(TestConnection.class.getName());

  /** How long a session may go on working for its test after its end. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final HikariDataSource pool;
  private final Connection connection;

  private TestConnection(HikariDataSource pool) throws SQLException {
    this.pool = pool;
    this.connection = pool.getConnection();
  }

  /**
   * Takes a connection from a database's pool.
   *
   * @throws ParameterResolutionException if the pool has none
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
   * Returns it to its pool, which drops it where the test has ended its session: then there is
   * nothing to roll back.
   *
   * @throws SQLException if the test's open transaction cannot be rolled back, though the session
   *     goes on
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

  /**
   * Returns whether a session is of no use to another test. Outside a transaction the driver reads
   * the server's last messages, without a query. A session that is still at work is ended after a
   * moment: with a COPY that is not finished, the driver waits for ever.
   */
  private static boolean hasEnded(Connection session) throws SQLException {
    if (session.isClosed()) {
      return true;
    }
    FutureTask<PGNotification[]> look =
        new FutureTask<>(session.unwrap(PGConnection.class)::getNotifications);
    Thread reader = new Thread(look, "ppgtest-injected-connection");
    reader.setDaemon(true);
    reader.start();
    boolean isInterrupted = Thread.interrupted();
    try {
      look.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
      return false;
    } catch (ExecutionException e) {
      log.debug("An injected connection had ended before its test: {}", e.getMessage(), e);
    } catch (TimeoutException e) {
      log.debug("An injected connection is still at work after its test, and is ended");
      abandon(session, look);
    } catch (InterruptedException e) {
      isInterrupted = true;
      abandon(session, look);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return true;
  }

  private static void abandon(Connection session, FutureTask<?> look) throws SQLException {
    session.abort(Runnable::run);
    look.cancel(true);
  }
}
