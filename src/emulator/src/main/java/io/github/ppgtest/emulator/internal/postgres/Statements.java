package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the statements of logins, with {@code pg_stat_statements}: the server's own counters only
 * know transactions. Loading it costs the start 1.3 ms. Thread-safe.
 *
 * <p>The library forgets the least used of too many statements, and counts by the database's
 * number, not by its name. So each of its counters is compared with its last value.
 */
final class Statements {
  /** Comes with the binaries on the class path; an installed PostgreSQL may lack it. */
  static final String LIBRARY = "pg_stat_statements";

  /** Including logins that are gone by now. */
  private static final String COUNTERS =
      "SELECT d.datname, s.dbid, s.userid, s.queryid, s.calls FROM public.pg_stat_statements(false) s"
          + " JOIN pg_database d ON d.oid = s.dbid"
          + " WHERE s.userid NOT IN (SELECT oid FROM pg_roles WHERE rolsuper)";

  /** Drops the entries of dropped databases, which take the place of others'. */
  private static final String CLEAN_UP =
      "SELECT public.pg_stat_statements_reset(0, dbid, 0)"
          + " FROM (SELECT DISTINCT dbid FROM public.pg_stat_statements(false)) s"
          + " WHERE dbid NOT IN (SELECT oid FROM pg_database)";

  private static final String LOADED =
      "SELECT FROM pg_settings WHERE name = 'shared_preload_libraries' AND setting LIKE ?";

  private final AdminConnections admin;
  private boolean readable;

  /** The library's counters at the last reading. Guarded by this. */
  private Map<Counter, Long> seen = Map.of();

  /** The sums by the database's name. Guarded by this. */
  private final Map<String, Long> sums = new HashMap<>();

  Statements(AdminConnections admin) {
    this.admin = admin;
  }

  private record Counter(long database, long login, long statement) {}

  /** Returns the counts of all databases that have any. */
  synchronized Map<String, Long> byDatabase() {
    try (Connection connection = admin.get()) {
      look(connection);
      return Map.copyOf(sums);
    } catch (SQLException e) {
      throw Sql.failure("count the statements of its databases", e);
    }
  }

  /** Reads the counters before a drop, which removes a database's. */
  synchronized void lookBeforeDropping() {
    try (Connection connection = admin.get()) {
      if (Sql.exists(connection, LOADED, "%" + LIBRARY + "%")) {
        look(connection);
      }
    } catch (SQLException e) {
      throw Sql.failure("count the statements of its databases", e);
    }
  }

  /** Forgets a dropped database. */
  synchronized void forget(String database) {
    sums.remove(database);
  }

  private void look(Connection connection) throws SQLException {
    if (!readable) {
      // The library counts from the start on; only a reading needs its view.
      Sql.execute(connection, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA public");
      readable = true;
    }
    try (Statement statement = connection.createStatement()) {
      Map<Counter, Long> now = new HashMap<>();
      try (ResultSet rows = statement.executeQuery(COUNTERS)) {
        while (rows.next()) {
          Counter counter = new Counter(rows.getLong(2), rows.getLong(3), rows.getLong(4));
          long calls = rows.getLong(5);
          long before = seen.getOrDefault(counter, 0L);
          now.put(counter, calls);
          // A counter that was evicted meanwhile counts from 0 again.
          sums.merge(rows.getString(1), calls < before ? calls : calls - before, Long::sum);
        }
      }
      seen = now;
      statement.execute(CLEAN_UP);
    }
  }
}
