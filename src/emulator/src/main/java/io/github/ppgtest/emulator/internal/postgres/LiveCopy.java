package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Copies a database that is in use. PostgreSQL only copies one without sessions, and ending those
 * of a user's pool, or keeping them out for so long, would harm the source; {@code pg_dump} is not
 * among the binaries. So this does the same as {@code CREATE DATABASE}, copy the files and record
 * their owners, at a moment without writes:
 *
 * <ul>
 *   <li>no session has a transaction that has written; one that has is waited for;
 *   <li>locks on all tables, the system's too, let others read but not write. They are requested
 *       with a short timeout, lest writers queue up behind, and are held while the files are
 *       copied: with 30 small tables, writers were seen to wait for 0.2 s in the median.
 * </ul>
 *
 * <p>A sequence is the exception: it may move on meanwhile, which each of its states allows.
 */
final class LiveCopy {
  /** Longer than a transaction may last, unless a user has lifted that limit. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DEADLOCK = "40P01";
  private static final String GONE_MEANWHILE = "42P01";
  private static final List<String> PASSING = List.of(LOCK_NOT_AVAILABLE, DEADLOCK, GONE_MEANWHILE);

  private static final String WRITER =
      "SELECT FROM pg_stat_activity"
          + " WHERE datname = ? AND backend_xid IS NOT NULL AND backend_type = 'client backend'";

  private static final String TABLES =
      "SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'p') AND relpersistence <> 't'"
          + " AND NOT relisshared AND (relnamespace = 'pg_catalog'::regnamespace) = ?::boolean";

  private final AdminConnections admin;
  private final ServerDatabases databases;
  private final DatabaseFiles files;
  private final String source;
  private final String database;

  LiveCopy(
      AdminConnections admin,
      ServerDatabases databases,
      DatabaseFiles files,
      String source,
      String database) {
    this.admin = admin;
    this.databases = databases;
    this.files = files;
    this.source = source;
    this.database = database;
  }

  /** Waits for the moment and copies; the connection is to another database. */
  void make(Connection outside) throws SQLException {
    // The copy has a session in the source itself, which must not take a user's place.
    databases.reserve(outside, source, 1);
    try (Connection inside = admin.to(source)) {
      inside.setAutoCommit(false);
      Awaitility.with()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .atMost(PATIENCE)
          .until(() -> tryToMake(inside, outside));
    } catch (ConditionTimeoutException e) {
      throw new DatabaseEngineException(
          "Database %s cannot be copied: for %d s there was always a transaction open in it that has written. Commit it, or roll it back."
              .formatted(source, PATIENCE.toSeconds()),
          e);
    } finally {
      databases.reserve(outside, source, 0);
    }
  }

  private boolean tryToMake(Connection inside, Connection outside) throws SQLException {
    try {
      if (hasWriter(outside)) {
        return false;
      }
      lockTables(inside);
      // A transaction without writes until now can have made a table, which no lock is on.
      if (hasWriter(outside)) {
        return false;
      }
      copy(outside);
      return true;
    } catch (SQLException e) {
      if (PASSING.contains(e.getSQLState())) {
        return false;
      }
      throw e;
    } finally {
      inside.rollback();
    }
  }

  private boolean hasWriter(Connection outside) throws SQLException {
    return Sql.exists(outside, WRITER, source);
  }

  /** Locks the system's tables first: after those, no table comes or goes. */
  private static void lockTables(Connection inside) throws SQLException {
    Sql.execute(inside, "SET LOCAL lock_timeout = '100ms'");
    for (String ofSystem : List.of("true", "false")) {
      List<String> tables = Sql.texts(inside, TABLES, ofSystem);
      // The server has quoted the names.
      Sql.execute(inside, "LOCK TABLE " + String.join(", ", tables) + " IN EXCLUSIVE MODE");
    }
  }

  private void copy(Connection outside) throws SQLException {
    // This also writes every changed page of the server to its file, those of the source included.
    databases.create(outside, database, PreparedCluster.TEMPLATE);
    try {
      files.copy(ServerDatabases.oid(outside, source), ServerDatabases.oid(outside, database));
      copyEntries(outside);
    } catch (IOException e) {
      databases.dropAfter(e, database);
      throw new DatabaseEngineException(
          "The files of database %s cannot be copied: %s".formatted(source, e.getMessage()), e);
    } catch (SQLException | RuntimeException e) {
      databases.dropAfter(e, database);
      throw e;
    }
  }

  /** Copies the source's entries in tables that all databases share. */
  private void copyEntries(Connection outside) throws SQLException {
    String to = Sql.literal(database);
    String from = Sql.literal(source);
    Sql.executeTogether(
        outside,
        List.of(
            "DELETE FROM pg_shdepend d USING pg_database t WHERE t.datname = "
                + to
                + " AND d.dbid = t.oid",
            "INSERT INTO pg_shdepend SELECT t.oid, d.classid, d.objid, d.objsubid, d.refclassid,"
                + " d.refobjid, d.deptype FROM pg_shdepend d, pg_database t, pg_database s"
                + " WHERE t.datname = "
                + to
                + " AND s.datname = "
                + from
                + " AND d.dbid = s.oid",
            "UPDATE pg_database t SET datfrozenxid = s.datfrozenxid, datminmxid = s.datminmxid"
                + " FROM pg_database s WHERE t.datname = "
                + to
                + " AND s.datname = "
                + from));
  }
}
