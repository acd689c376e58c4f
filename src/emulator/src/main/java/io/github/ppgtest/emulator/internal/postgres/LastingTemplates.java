package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Templates that outlive their server: the files of a sealed database, put into another server that
 * was copied from the same cluster. It is a small {@code pg_upgrade}: every row is frozen, so that
 * the transactions that made it need no look-up, and the other server's counters advance until
 * nothing in the files is in its future. Thread-safe.
 */
final class LastingTemplates {
  private static final UserLog log = UserLog.of(LastingTemplates.class.getName());

  /** A larger template would evict all others. */
  private static final long LARGEST = TemplateCache.BOUND / 2;

  private static final String OWNER = "SELECT oid FROM pg_roles WHERE rolname = ?";

  private static final String DEPENDENCIES =
      "SELECT concat_ws(',', classid, objid, objsubid, refclassid, refobjid,"
          + " quote_literal(deptype::text)) FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid"
          + " WHERE d.datname = ?";

  /** Dependencies on roles that another server does not have. */
  private static final String STRANGERS =
      "SELECT FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = ?"
          + " AND s.refclassid = 'pg_authid'::regclass"
          + " AND s.refobjid <> (SELECT oid FROM pg_roles WHERE rolname = '"
          + PreparedCluster.OWNER
          + "')";

  private static final String FROZEN =
      "SELECT datfrozenxid || ' ' || datminmxid FROM pg_database WHERE datname = ?";

  private final AdminConnections admin;
  private final ServerDatabases databases;
  private final DatabaseFiles files;
  private final SealedDatabases sealed;
  private final TemplateCache cache;

  LastingTemplates(
      AdminConnections admin,
      ServerDatabases databases,
      DatabaseFiles files,
      SealedDatabases sealed,
      TemplateCache cache) {
    this.admin = admin;
    this.databases = databases;
    this.files = files;
    this.sealed = sealed;
    this.cache = cache;
  }

  /** Creates a sealed database from the key's template; false where there is no usable one. */
  boolean take(String key, String database) {
    try (Connection connection = admin.get()) {
      Optional<Path> entry = cache.find(key);
      if (entry.isEmpty()) {
        return false;
      }
      SavedTemplate saved = SavedTemplate.read(entry.get());
      if (saved.owner() != owner(connection)
          || !saved.counters().isWithinReachOf(Counters.now(connection))) {
        return false;
      }
      saved.counters().reach(connection);
      databases.createClosed(connection, database, PreparedCluster.TEMPLATE);
      try {
        fill(connection, database, entry.get(), saved);
      } catch (IOException | SQLException | RuntimeException e) {
        databases.dropAfter(e, database);
        throw e;
      }
      sealed.add(database);
      CacheDirectory.touch(entry.get());
      return true;
    } catch (IOException e) {
      log.debug("A saved template is not used: {}", e.getMessage(), e);
      return false;
    } catch (SQLException e) {
      throw Sql.failure("make database " + database + " out of a saved template", e);
    }
  }

  private void fill(Connection connection, String database, Path entry, SavedTemplate saved)
      throws IOException, SQLException {
    long oid = ServerDatabases.oid(connection, database);
    files.restore(entry, saved.files(), oid);
    List<String> statements = new ArrayList<>();
    statements.add("DELETE FROM pg_shdepend WHERE dbid = " + oid);
    if (!saved.dependencies().isEmpty()) {
      statements.add(
          "INSERT INTO pg_shdepend VALUES "
              + saved.dependencies().stream()
                  .map(dependency -> "(" + oid + "," + dependency + ")")
                  .collect(Collectors.joining(", ")));
    }
    if (!saved.settings().isEmpty()) {
      statements.add(RoleSettings.keep(saved.settings(), database));
    }
    statements.add(
        "UPDATE pg_database SET datfrozenxid = '%d', datminmxid = '%d' WHERE oid = %d"
            .formatted(saved.frozenXid(), saved.frozenMultixact(), oid));
    Sql.executeTogether(connection, statements);
  }

  /** Saves a sealed database as the key's template, if other servers can use it. */
  void save(String key, String database) {
    try (Connection connection = admin.get()) {
      if (!sealed.isPortable(database) || Sql.exists(connection, STRANGERS, database)) {
        log.debug("Template {} can only be used in its own server", database);
      } else if (databases.storedBytes(database) > LARGEST) {
        log.info(
            "Template {} is too large to be kept for later runs: it is made in each", database);
      } else {
        cache.save(key, directory -> save(connection, database, directory));
      }
    } catch (IOException e) {
      log.warn("Template {} is not kept for later runs: {}", database, e.getMessage(), e);
    } catch (SQLException e) {
      throw Sql.failure("tell what is in template " + database, e);
    }
  }

  private void save(Connection connection, String database, Path directory) throws IOException {
    try {
      String[] frozen = Sql.texts(connection, FROZEN, database).get(0).split(" ");
      new SavedTemplate(
              Counters.now(connection),
              Long.parseLong(frozen[0]),
              Long.parseLong(frozen[1]),
              owner(connection),
              files.save(ServerDatabases.oid(connection, database), directory),
              Sql.texts(connection, DEPENDENCIES, database),
              Sql.texts(connection, RoleSettings.KEPT, database))
          .write(directory);
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static long owner(Connection connection) throws SQLException {
    return Long.parseLong(Sql.texts(connection, OWNER, PreparedCluster.OWNER).get(0));
  }

  /** Runs an action while no other process runs one for this key, as far as that is known. */
  void alone(String key, Runnable action) {
    try {
      cache.alone(key, action);
    } catch (FileMutex.HeldTooLongException e) {
      log.warn("{} Templates are made without it meanwhile.", e.getMessage());
      action.run();
    } catch (IOException e) {
      log.debug("A template is made without its lock: {}", e.getMessage(), e);
      action.run();
    }
  }
}
