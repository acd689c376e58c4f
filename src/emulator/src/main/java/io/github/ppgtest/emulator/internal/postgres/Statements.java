package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what logins have had executed, with {@code pg_stat_statements}: statements, where the
 * server's own counters only know transactions. Loading it costs the start 1.3 ms. Thread-safe.
 *
 * <p>The library forgets the least used of too many statements, and counts for the database itself,
 * not for its name. So each of its counters is followed, from one look to the next.
 */
final class Statements {
  /** Comes with the binaries on the class path; an installed PostgreSQL may lack it. */
  static final String LIBRARY = "pg_stat_statements";

  /** Also of logins that are gone by now. */
  private static final String COUNTERS =
      "SELECT d.datname, s.dbid, s.userid, s.queryid, s.calls FROM public.pg_stat_statements(false) s"
          + " JOIN pg_database d ON d.oid = s.dbid"
          + " WHERE s.userid NOT IN (SELECT oid FROM pg_roles WHERE rolsuper)";

  /** What dropped databases executed takes the place of what others will. */
  private static final String CLEAN_UP =
      "SELECT public.pg_stat_statements_reset(0, dbid, 0)"
          + " FROM (SELECT DISTINCT dbid FROM public.pg_stat_statements(false)) s"
          + " WHERE dbid NOT IN (SELECT oid FROM pg_database)";

  private static final String LOADED =
      "SELECT FROM pg_settings WHERE name = 'shared_preload_libraries' AND setting LIKE ?";

  private final AdminConnections admin;
  private boolean readable;

  /** The library's counters at the last look. Guarded by this. */
  private Map<Counter, Long> seen = Map.of();

  /** The sums, by the names of databases. Guarded by this. */
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

  /** What a database has executed is only known until it is dropped. */
  synchronized void lookBeforeDropping() {
    try (Connection connection = admin.get()) {
      if (Sql.exists(connection, LOADED, "%" + LIBRARY + "%")) {
        look(connection);
      }
    } catch (SQLException e) {
      throw Sql.failure("count the statements of its databases", e);
    }
  }

  /** A database was dropped. */
  synchronized void forget(String database) {
    sums.remove(database);
  }

  private void look(Connection connection) throws SQLException {
    if (!readable) {
      // The library counts from the start on; its view is only needed by whoever asks.
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
          // One that was forgotten meanwhile counts from 0 again.
          sums.merge(rows.getString(1), calls < before ? calls : calls - before, Long::sum);
        }
      }
      seen = now;
      statement.execute(CLEAN_UP);
    }
  }
}
