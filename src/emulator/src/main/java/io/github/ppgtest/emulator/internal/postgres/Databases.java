package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;

/** The databases of a server. Thread-safe. */
final class Databases {
  private final AdminConnections admin;
  private final int connectionLimit;

  Databases(AdminConnections admin, int connectionLimit) {
    this.admin = admin;
    this.connectionLimit = connectionLimit;
  }

  /** Creates one that belongs to the superuser, so that nobody else can lift its limit. */
  void create(String database) {
    String name = Sql.identifier(database);
    try (Connection connection = admin.get()) {
      // Files are copied as they are: half the time of writing their pages to the log.
      Sql.execute(
          connection,
          "CREATE DATABASE " + name + " STRATEGY file_copy CONNECTION LIMIT " + connectionLimit);
      Sql.execute(
          connection,
          "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC",
          "GRANT CREATE, TEMPORARY ON DATABASE " + name + " TO " + PreparedCluster.OWNER);
    } catch (SQLException e) {
      throw Sql.failure("create database " + database, e);
    }
  }

  /** The superuser's sessions are not the users' affair. */
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

  void drop(String database) {
    try (Connection connection = admin.get()) {
      Sql.execute(
          connection, "DROP DATABASE IF EXISTS " + Sql.identifier(database) + " WITH (FORCE)");
    } catch (SQLException e) {
      throw Sql.failure("drop database " + database, e);
    }
  }
}
