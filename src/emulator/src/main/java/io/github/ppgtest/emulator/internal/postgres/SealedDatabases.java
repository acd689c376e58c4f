package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The templates: databases without sessions, to make copies of. As they have no writers and no
 * logins, PostgreSQL's own copy is enough. Thread-safe.
 */
final class SealedDatabases {
  private static final UserLog log = UserLog.of(SealedDatabases.class.getName());

  /** Indexes with state in a server's memory, not in its files: GiST indexes without a log. */
  private static final String BOUND_TO_ITS_SERVER =
      "SELECT FROM pg_class c LEFT JOIN pg_am a ON a.oid = c.relam"
          + " WHERE (c.relpersistence = 'u' AND a.amname = 'gist')"
          + " OR (c.relkind IN ('r', 'm', 't') AND NOT c.relisshared"
          + " AND c.relfrozenxid::text::bigint < ?::bigint)";

  /**
   * Forgets how far the tables common to all databases are frozen: they are not in a database's
   * files, but that number is, and would be wrong in another server. This one is right in each.
   */
  private static final String FORGET_SHARED_TABLES =
      "UPDATE pg_class SET relfrozenxid = '3', relminmxid = '1'"
          + " WHERE relisshared AND relkind IN ('r', 't')";

  private static final String TABLES =
      "SELECT oid::regclass FROM pg_class"
          + " WHERE relkind IN ('r', 'm') AND NOT relisshared AND relpersistence <> 't'";

  private final AdminConnections admin;
  private final ServerDatabases databases;
  private final DatabaseFiles files;

  /** Whether the files of each can be used in another server. */
  private final Map<String, Boolean> sealed = new ConcurrentHashMap<>();

  SealedDatabases(AdminConnections admin, ServerDatabases databases, DatabaseFiles files) {
    this.admin = admin;
    this.databases = databases;
    this.files = files;
  }

  boolean contains(String database) {
    return sealed.containsKey(database);
  }

  /** Returns whether a database's files are complete for any server that has counted as far. */
  boolean isPortable(String database) {
    return sealed.getOrDefault(database, false);
  }

  /**
   * Seals a database without logins, and does once what each copy would have to do: planning
   * statistics, the visibility marks, and the cache that a database's first session makes. The
   * result is a database that never had a session, so that its files are complete.
   */
  void seal(String database) {
    String copy = database + "_sealed";
    try {
      boolean portable = freeze(database);
      admin.to(database).close();
      databases.close(database);
      try (Connection connection = admin.get()) {
        databases.createClosed(connection, copy, database);
        files.deleteFreeSpaceMaps(ServerDatabases.oid(connection, copy));
      }
      databases.replace(database, copy);
      sealed.put(database, portable);
    } catch (SQLException e) {
      databases.dropAfter(e, copy);
      throw Sql.failure("make a template of database " + database, e);
    } catch (IOException e) {
      databases.dropAfter(e, copy);
      throw new DatabaseEngineException(
          "The files of database %s cannot be changed: %s".formatted(database, e.getMessage()), e);
    }
  }

  private boolean freeze(String database) throws SQLException {
    try (Connection inside = admin.to(database)) {
      analyze(inside);
      long xid = Counters.now(inside).xid();
      Sql.execute(inside, FORGET_SHARED_TABLES);
      // The server has quoted the names.
      Sql.execute(inside, "VACUUM (FREEZE) " + String.join(", ", Sql.texts(inside, TABLES)));
      return !Sql.exists(inside, BOUND_TO_ITS_SERVER, Long.toString(xid));
    }
  }

  /**
   * Collects planning statistics. An expression in an index may call a function that relies on the
   * search path of a session: PostgreSQL analyzes such a table in vain, as autovacuum would, and
   * the others are to have theirs.
   */
  private static void analyze(Connection inside) throws SQLException {
    try {
      Sql.execute(inside, "ANALYZE");
    } catch (SQLException e) {
      log.debug("Not all of a template has statistics: {}", e.getMessage(), e);
      for (String table : Sql.texts(inside, TABLES)) {
        analyze(inside, table);
      }
    }
  }

  private static void analyze(Connection inside, String table) throws SQLException {
    try {
      Sql.execute(inside, "ANALYZE " + table);
    } catch (SQLException e) {
      if (inside.isClosed()) {
        throw e;
      }
      log.debug("Table {} of a template has no statistics: {}", table, e.getMessage(), e);
    }
  }

  /** Adds a database that was made as if sealed here. */
  void add(String database) {
    sealed.put(database, true);
  }

  /** Creates a database with the content of one that is sealed. */
  void copy(String template, String database) {
    try (Connection connection = admin.get()) {
      databases.create(connection, database, template);
    } catch (SQLException e) {
      throw Sql.failure("copy template " + template + " to " + database, e);
    }
  }

  /** Forgets a database that was dropped, or holds something else now. */
  void forget(String database) {
    sealed.remove(database);
  }
}
