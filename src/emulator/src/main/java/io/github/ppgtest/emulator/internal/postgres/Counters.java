package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A server's counters. The pages of its tables and indexes name transactions and positions in the
 * write-ahead log; in another server none of them may be in the future.
 *
 * @param xid the next transaction's number, or a smaller one after all that ended
 * @param multixact the next number that stands for several transactions, as of the last checkpoint
 * @param wal the end of the write-ahead log, in bytes
 */
record Counters(long xid, long multixact, long wal) {
  /** Going further takes longer than making most templates does. */
  private static final Counters REACH = new Counters(1_000_000, 100_000, 256L << 20);

  private static final String NOW =
      "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint,"
          + " next_multixact_id::text::bigint,"
          + " pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"
          + " FROM pg_control_checkpoint()";

  /** The most that is written at a time. */
  private static final long PIECE = 4L << 20;

  static Counters now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NOW)) {
      row.next();
      return new Counters(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  /** Returns whether a server with these counters can be brought to here in a short time. */
  boolean isWithinReachOf(Counters now) {
    return xid - now.xid <= REACH.xid
        && multixact - now.multixact <= REACH.multixact
        && wal - now.wal <= REACH.wal;
  }

  /** Advances a server's counters to these, by many operations without effect. */
  void reach(Connection connection) throws SQLException {
    Counters now = now(connection);
    if (now.multixact < multixact) {
      makeMultixacts(connection, multixact - now.multixact);
    }
    if (now(connection).xid < xid) {
      Sql.execute(
          connection,
          "DO $$ BEGIN WHILE pg_current_xact_id()::text::bigint < "
              + xid
              + " LOOP COMMIT; END LOOP; END $$");
    }
    for (long left = wal - now(connection).wal; left > 0; left = wal - now(connection).wal) {
      Sql.execute(
          connection,
          "SELECT pg_logical_emit_message(false, '', repeat(' ', " + Math.min(left, PIECE) + "))");
    }
  }

  /**
   * Makes multixacts: each is a row locked by a transaction and, more firmly, by its
   * subtransaction.
   */
  private static void makeMultixacts(Connection connection, long count) throws SQLException {
    Sql.execute(connection, "DROP TABLE IF EXISTS pg_temp.locked");
    Sql.execute(connection, "CREATE TEMPORARY TABLE locked AS SELECT 1 AS one");
    Sql.execute(
        connection,
        "DO $$ BEGIN FOR i IN 1.."
            + count
            + " LOOP PERFORM FROM pg_temp.locked FOR KEY SHARE;"
            + " BEGIN PERFORM FROM pg_temp.locked FOR UPDATE;"
            + " EXCEPTION WHEN division_by_zero THEN RAISE; END;"
            + " COMMIT; END LOOP; END $$");
    Sql.execute(connection, "DROP TABLE pg_temp.locked");
    Sql.execute(connection, "CHECKPOINT");
  }
}
