package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Copies databases, also those that are in use. Thread-safe. */
final class DatabaseCopies {
  private static final String OBJECT_IN_USE = "55006";

  private final AdminConnections admin;
  private final ServerDatabases databases;
  private final DatabaseFiles files;

  DatabaseCopies(AdminConnections admin, ServerDatabases databases, DatabaseFiles files) {
    this.admin = admin;
    this.databases = databases;
    this.files = files;
  }

  /**
   * Creates a database with the content of another. PostgreSQL does so itself where the source has
   * no sessions; {@link LiveCopy} does where it has.
   */
  void copy(String source, String database) {
    try (Connection connection = admin.get()) {
      if (!copyUnused(connection, source, database)) {
        new LiveCopy(admin, databases, files, source, database).make(connection);
      }
    } catch (SQLException e) {
      throw Sql.failure("copy database " + source + " to " + database, e);
    }
  }

  private boolean copyUnused(Connection connection, String source, String database)
      throws SQLException {
    if (Sql.exists(connection, "SELECT FROM pg_stat_activity WHERE datname = ?", source)) {
      return false;
    }
    try {
      databases.create(connection, database, source);
      return true;
    } catch (SQLException e) {
      if (OBJECT_IN_USE.equals(e.getSQLState())) {
        // A client connected just now.
        return false;
      }
      throw e;
    }
  }
}
