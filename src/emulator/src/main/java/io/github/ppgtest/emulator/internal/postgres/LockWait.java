package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.UserLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * Ends the sessions of users for whose locks a superuser's session waits, from when it has done so
 * for a while until this is closed: a transaction of any database may name any login and any
 * database, lock what it is in, and last. Thread-safe.
 */
final class LockWait implements AutoCloseable {
  private static final UserLog log = UserLog.of(LockWait.class.getName());

  /** A transaction that only lasts long gets to its end. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final AdminConnections admin;
  private final int waiting;
  private volatile boolean over;

  LockWait(AdminConnections admin, Connection waiting) throws SQLException {
    this.admin = admin;
    this.waiting = waiting.unwrap(PGConnection.class).getBackendPID();
  }

  /** Begins to watch the connection. */
  void begin() {
    lookAfter(PATIENCE);
  }

  private void lookAfter(Duration time) {
    CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS).execute(this::look);
  }

  private void look() {
    if (over) {
      return;
    }
    try (Connection connection = admin.to(PreparedCluster.MAINTENANCE)) {
      int ended =
          Sql.endSessions(
              connection,
              "pid = ANY (pg_blocking_pids(?::int)) AND usename <> current_user",
              Integer.toString(waiting));
      if (ended > 0) {
        log.info("Ended {} sessions that held locks of what is dropped", ended);
      }
    } catch (SQLException e) {
      log.debug("Could not look which sessions hold locks", e);
    }
    lookAfter(BETWEEN_LOOKS);
  }

  @Override
  public void close() {
    over = true;
  }
}
