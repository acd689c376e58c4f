package io.github.ppgtest.emulator.internal.state;

import io.github.ppgtest.emulator.internal.http.ApiError;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A workspace with its projects, databases, connections and backups.
 *
 * <p>Safe for use by many threads. Several calls that must not be interleaved with others go into
 * one {@link #atomically}; nothing in there may wait for the engine.
 */
public final class Workspace {
  private final Ids ids;
  private final Clock clock;
  private final String name;
  private final String id;
  private final Instant createdAt;

  final Table<Project> projects = new Table<>();
  final Table<Database> databases = new Table<>();
  final Table<Connection> connections = new Table<>();
  final Table<Backup> backups = new Table<>();

  public Workspace(Ids ids, Clock clock, String name) {
    this.ids = ids;
    this.clock = clock;
    this.name = name;
    id = ids.next(Ids.WORKSPACE);
    createdAt = clock.instant();
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public Instant createdAt() {
    return createdAt;
  }

  String newId(String prefix) {
    return ids.next(prefix);
  }

  Instant now() {
    return clock.instant();
  }

  synchronized <T> T atomically(Supplier<T> action) {
    return action.get();
  }

  <T extends Resource> Page<T> page(
      Table<T> table, PageRequest request, Predicate<? super T> filter) {
    return atomically(
        () ->
            Page.of(
                table.listAfter(request.after(), request.limit() + 1, filter), request.limit()));
  }

  /** Returns a database with its project and connections; to be called atomically. */
  DatabaseDetails details(Database database) {
    return new DatabaseDetails(
        database,
        projects.find(database.projectId()).orElseThrow(),
        connections.list(connection -> connection.databaseId().equals(database.id())));
  }

  /** Returns a connection with its database; to be called atomically. */
  ConnectionDetails details(Connection connection) {
    return new ConnectionDetails(connection, databases.find(connection.databaseId()).orElseThrow());
  }

  /** Returns the default database of a project; to be called atomically. */
  Optional<Database> defaultDatabase(String projectId) {
    return databases
        .list(database -> database.isDefault() && database.projectId().equals(projectId))
        .stream()
        .findFirst();
  }

  /**
   * Returns the project with an id; to be called atomically, as those below.
   *
   * @throws ApiError 404 where there is none
   */
  Project project(String projectId) {
    return projects
        .find(projectId)
        .orElseThrow(() -> ApiError.notFound("Project", projectId, Ids.PROJECT));
  }

  Database database(String databaseId) {
    return databases
        .find(databaseId)
        .orElseThrow(() -> ApiError.notFound("Database", databaseId, Ids.DATABASE));
  }

  Connection connection(String connectionId) {
    return connections
        .find(connectionId)
        .orElseThrow(() -> ApiError.notFound("Connection", connectionId, Ids.CONNECTION));
  }

  /** Returns a backup of a database, which has to exist too. */
  Backup backup(String databaseId, String backupId) {
    database(databaseId);
    return backups
        .find(backupId)
        .filter(backup -> backup.databaseId().equals(databaseId))
        .orElseThrow(() -> ApiError.notFound("Backup", backupId, Ids.BACKUP));
  }

  /**
   * Returns a database that is ready.
   *
   * @param forWhat the purpose, for a message
   * @throws ApiError 404 where there is none, 409 where it is not ready
   */
  Database readyDatabase(String databaseId, String forWhat) {
    Database database = database(databaseId);
    if (database.status() != DatabaseStatus.READY) {
      throw ApiError.conflict(
          "Database %s has the status `%s` and cannot be %s."
              .formatted(databaseId, database.status().word(), forWhat),
          "Wait until it is ready.");
    }
    return database;
  }

  /** Applies a change to a database, unless it has been deleted meanwhile. */
  synchronized void change(String databaseId, UnaryOperator<Database> change) {
    databases.find(databaseId).map(change).ifPresent(databases::put);
  }

  /** Runs an action on a database, unless it has been deleted meanwhile. */
  synchronized void ifThere(String databaseId, Consumer<Database> action) {
    databases.find(databaseId).ifPresent(action);
  }

  /** Marks all databases of an ended server as failures, and forgets their backups. */
  public synchronized void lose(String reason) {
    databases.list(database -> true).forEach(database -> databases.put(database.failed(reason)));
    backups.list(backup -> true).forEach(backup -> backups.remove(backup.id()));
  }

  /** Restores a database that could not be deleted, as a failure, with its resources. */
  synchronized void putBack(DatabaseDetails removed, List<Backup> removedBackups) {
    if (projects.find(removed.project().id()).isEmpty()) {
      projects.put(removed.project());
    }
    databases.put(removed.database().withStatus(DatabaseStatus.FAILURE));
    removed.connections().forEach(connections::put);
    removedBackups.forEach(backups::put);
  }

  /** Restores a connection that could not be deleted, unless its database has gone meanwhile. */
  synchronized void putBack(Connection removed) {
    if (databases.find(removed.databaseId()).isPresent()) {
      connections.put(removed);
    }
  }

  /**
   * Adds a backup that the engine has made, or drops it where its database has been deleted
   * meanwhile.
   */
  void addBackup(LongFunction<Backup> made, Runnable drop) {
    boolean added =
        atomically(
            () -> {
              Backup backup = made.apply(backups.nextSequence());
              if (databases.find(backup.databaseId()).isEmpty()) {
                return false;
              }
              backups.put(backup);
              return true;
            });
    if (!added) {
      drop.run();
    }
  }

  synchronized void removeConnection(String connectionId) {
    connections.remove(connectionId);
  }
}
