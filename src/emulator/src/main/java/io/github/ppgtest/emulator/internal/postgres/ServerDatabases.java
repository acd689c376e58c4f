package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The databases of a server. Thread-safe. */
final class ServerDatabases {
  private final AdminConnections admin;
  private final int connectionLimit;

  ServerDatabases(AdminConnections admin, int connectionLimit) {
    this.admin = admin;
    this.connectionLimit = connectionLimit;
  }

  /** Creates an empty one. */
  void create(String database) {
    try (Connection connection = admin.get()) {
      create(connection, database, PreparedCluster.TEMPLATE);
    } catch (SQLException e) {
      throw Sql.failure("create database " + database, e);
    }
  }

  /** Ends the users' idle sessions, not the superuser's. */
  OptionalInt endIdleSessions(String database) {
    try (Connection connection = admin.get()) {
      if (!Sql.exists(connection, "SELECT FROM pg_database WHERE datname = ?", database)) {
        return OptionalInt.empty();
      }
      return OptionalInt.of(
          Sql.endSessions(
              connection, "datname = ? AND state = 'idle' AND usename <> current_user", database));
    } catch (SQLException e) {
      throw Sql.failure("end the idle sessions of database " + database, e);
    }
  }

  /**
   * Creates a database from a template without sessions. It belongs to the superuser, so that no
   * user can lift its limit.
   */
  void create(Connection connection, String database, String template) throws SQLException {
    String name = Sql.identifier(database);
    // A new database admits every login, other databases' too: it is opened when that is revoked.
    copyClosed(connection, database, template);
    Sql.execute(
        connection,
        "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC",
        "GRANT CREATE, TEMPORARY ON DATABASE " + name + " TO " + PreparedCluster.OWNER,
        RoleSettings.copy(template, database),
        "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true CONNECTION LIMIT " + connectionLimit);
  }

  /** Creates a database that never admits a session. */
  void createClosed(Connection connection, String database, String template) throws SQLException {
    copyClosed(connection, database, template);
    Sql.execute(connection, RoleSettings.copy(template, database));
  }

  private static void copyClosed(Connection connection, String database, String template)
      throws SQLException {
    // Files are copied as they are: half the time of writing their pages to the log.
    Sql.execute(
        connection,
        "CREATE DATABASE "
            + Sql.identifier(database)
            + " TEMPLATE "
            + Sql.identifier(template)
            + " STRATEGY file_copy ALLOW_CONNECTIONS false");
  }

  /** The number by which the server knows one. */
  static long oid(Connection connection, String database) throws SQLException {
    return Long.parseLong(
        Sql.texts(connection, "SELECT oid FROM pg_database WHERE datname = ?", database).get(0));
  }

  /** Raises or lowers the connection limit of a database beyond its users' connections. */
  void reserve(Connection connection, String database, int reserved) throws SQLException {
    Sql.execute(
        connection,
        "ALTER DATABASE "
            + Sql.identifier(database)
            + " CONNECTION LIMIT "
            + (connectionLimit + reserved));
  }

  /** Ends the sessions of a database and admits none any more. */
  void close(String database) {
    try (Connection connection = admin.get()) {
      Sql.execute(
          connection, "ALTER DATABASE " + Sql.identifier(database) + " ALLOW_CONNECTIONS false");
      Sql.endSessions(connection, "datname = ?", database);
    } catch (SQLException e) {
      throw Sql.failure("close database " + database, e);
    }
  }

  /** Drops one and gives its name to another. */
  void replace(String database, String by) {
    drop(database);
    try (Connection connection = admin.get();
        LockWait wait = new LockWait(admin, connection)) {
      wait.begin();
      Sql.execute(
          connection,
          "ALTER DATABASE " + Sql.identifier(by) + " RENAME TO " + Sql.identifier(database));
    } catch (SQLException e) {
      throw Sql.failure("put another database in the place of " + database, e);
    }
  }

  void drop(String database) {
    try (Connection connection = admin.get();
        LockWait wait = new LockWait(admin, connection)) {
      wait.begin();
      Sql.execute(
          connection, "DROP DATABASE IF EXISTS " + Sql.identifier(database) + " WITH (FORCE)");
    } catch (SQLException e) {
      throw Sql.failure("drop database " + database, e);
    }
  }

  /** Drops all databases of users, and those made for them, but for these. */
  void dropAllBut(Set<String> kept) {
    List<String> all;
    try (Connection connection = admin.get()) {
      all =
          Sql.texts(
              connection,
              "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> ?",
              PreparedCluster.MAINTENANCE);
    } catch (SQLException e) {
      throw Sql.failure("list its databases", e);
    }
    all.stream().filter(database -> !kept.contains(database)).forEach(this::drop);
  }

  /** Drops an unfinished database; a failure of that is added to the first one. */
  void dropAfter(Exception failure, String database) {
    try {
      drop(database);
    } catch (RuntimeException cleanUp) {
      failure.addSuppressed(cleanUp);
    }
  }

  long storedBytes(String database) {
    try (Connection connection = admin.get()) {
      return Sql.texts(
              connection,
              "SELECT pg_database_size(oid) FROM pg_database WHERE datname = ?",
              database)
          .stream()
          .mapToLong(Long::parseLong)
          .sum();
    } catch (SQLException e) {
      throw Sql.failure("measure database " + database, e);
    }
  }
}
