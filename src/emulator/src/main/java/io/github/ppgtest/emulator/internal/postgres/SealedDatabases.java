package io.github.ppgtest.emulator.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The databases that nobody can connect to any more: templates, which copies are made of. As nobody
 * writes to them and they have no logins, a copy is what PostgreSQL makes, and nothing more.
 * Thread-safe.
 */
final class SealedDatabases {
  private final AdminConnections admin;
  private final Databases databases;
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  SealedDatabases(AdminConnections admin, Databases databases) {
    this.admin = admin;
    this.databases = databases;
  }

  boolean contains(String database) {
    return names.contains(database);
  }

  /**
   * Seals one without logins. What is done for good here need not be done in each copy: planning
   * statistics, and the marks of what everybody can see.
   */
  void seal(String database) {
    try (Connection inside = admin.to(database)) {
      Sql.execute(inside, "ANALYZE");
      Sql.execute(inside, "VACUUM (FREEZE)");
    } catch (SQLException e) {
      throw Sql.failure("make a template of database " + database, e);
    }
    databases.close(database);
    names.add(database);
  }

  /** Creates a database with the content of one that is sealed. */
  void copy(String template, String database) {
    try (Connection connection = admin.get()) {
      databases.create(connection, database, template);
    } catch (SQLException e) {
      throw Sql.failure("copy template " + template + " to " + database, e);
    }
  }

  /** One was dropped, or holds something else now. */
  void forget(String database) {
    names.remove(database);
  }
}
