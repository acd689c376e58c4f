package io.github.ppgtest.emulator.internal.state;

import io.github.ppgtest.emulator.internal.http.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Creates, finds, changes and deletes databases. Safe for use by many threads. */
public final class DatabaseStore {
  private static final Duration DEFAULT_PERIOD = Duration.ofDays(30);
  private static final Duration WORTH_WAITING = Duration.ofMillis(250);

  private final Workspace workspace;
  private final EngineWorkers engine;
  private final Connections connections;
  private final ProvisioningHook hook;
  private final UsageMeter meter;

  public DatabaseStore(
      Workspace workspace, EngineWorkers engine, Connections connections, ProvisioningHook hook) {
    this.workspace = workspace;
    this.engine = engine;
    this.connections = connections;
    this.hook = hook;
    this.meter = new UsageMeter(workspace, engine);
  }

  /**
   * Returns at once, and the database is provisioned in the background, but for a copy of a
   * template, which is waited for: it takes no longer than a second request would.
   */
  public Created<DatabaseDetails> create(String projectId, NewDatabase wanted) {
    look();
    Created<DatabaseDetails> created =
        workspace.atomically(() -> create(workspace.project(projectId), wanted));
    if (!isTemplate(wanted.source())) {
      return created;
    }
    Database database = created.resource().database();
    database.work().await(WORTH_WAITING);
    return workspace.atomically(
        () ->
            new Created<>(
                workspace
                    .databases
                    .find(database.id())
                    .map(workspace::details)
                    .orElse(created.resource()),
                created.login()));
  }

  private boolean isTemplate(DatabaseSource source) {
    String id = source.backupId() == null ? source.databaseId() : null;
    return id != null
        && workspace.atomically(
            () ->
                workspace
                    .databases
                    .find(id)
                    .filter(database -> engine.engine().isSealed(database.engineName()))
                    .isPresent());
  }

  /** Checks whether the engine has ended: to be called before the atomic part. */
  void look() {
    engine.look();
  }

  /** Refuses to make one while too many are on the way: to be called before anything changes. */
  void refuseTooMany() {
    engine.refuseTooMany();
  }

  /** Creates a database; to be called atomically, after {@link #look}. */
  Created<DatabaseDetails> create(Project project, NewDatabase wanted) {
    engine.refuseTooMany();
    if (wanted.branchId() != null && !wanted.branchId().equals(project.branchId())) {
      throw ApiError.notFound("Branch", wanted.branchId(), Ids.BRANCH);
    }
    refuseTaken(project.branchId(), wanted.logicalId(), null);
    Contents contents = Contents.of(wanted.source(), workspace, engine);
    Created<DatabaseDetails> created = add(project, wanted);
    Provisioning provisioning =
        new Provisioning(
            workspace, engine, meter, created.resource().database(), created.login(), contents);
    hook.decide(provisioning::begin, provisioning::fail);
    return created;
  }

  /** Adds a database with content and login of the caller's, exempt from faults of provisioning. */
  Created<DatabaseDetails> addTemplate(String projectId, String name) {
    engine.look();
    return workspace.atomically(
        () ->
            add(
                workspace.project(projectId),
                new NewDatabase(name, null, false, DatabaseSource.EMPTY, null, null)));
  }

  private Created<DatabaseDetails> add(Project project, NewDatabase wanted) {
    if (wanted.isDefault()) {
      // The contract's rule for branches: the flag moves.
      workspace
          .defaultDatabase(project.id())
          .ifPresent(former -> workspace.databases.put(former.withoutDefault()));
    }
    String id = workspace.newId(Ids.DATABASE);
    Created<Connection> login = connections.add(id, "Default connection");
    Database database =
        new Database(
            workspace.databases.nextSequence(),
            id,
            wanted.name() == null ? "Database " + shortened(id) : wanted.name(),
            DatabaseStatus.PROVISIONING,
            workspace.now(),
            wanted.isDefault(),
            login.resource().id(),
            project.id(),
            wanted.region() == null ? inheritedRegion(project) : wanted.region(),
            wanted.source(),
            project.branchId(),
            wanted.logicalId(),
            null,
            engine.newWork());
    workspace.databases.put(database);
    return new Created<>(workspace.details(database), login.login());
  }

  static String shortened(String id) {
    return id.substring(id.length() - 6);
  }

  /** Returns the region that a project's database inherits. */
  public Region inheritedRegion(String projectId) {
    return workspace.atomically(() -> inheritedRegion(workspace.project(projectId)));
  }

  private Region inheritedRegion(Project project) {
    if (project.defaultRegion() != null) {
      return project.defaultRegion();
    }
    return workspace.defaultDatabase(project.id()).map(Database::region).orElse(Region.DEFAULT);
  }

  public DatabaseDetails get(String id) {
    return workspace.atomically(() -> workspace.details(workspace.database(id)));
  }

  /** Lists those that pass a filter. */
  public Page<DatabaseDetails> list(PageRequest request, Predicate<Database> filter) {
    return workspace.atomically(
        () -> workspace.page(workspace.databases, request, filter).map(workspace::details));
  }

  /** Lists those of a project, which has to exist. */
  public Page<DatabaseDetails> listOfProject(String projectId, PageRequest request) {
    return workspace.atomically(
        () -> {
          workspace.project(projectId);
          return list(request, database -> database.projectId().equals(projectId));
        });
  }

  /**
   * Returns why a database cannot be used, as far as its server is the reason; empty where it can.
   */
  public Optional<String> failure(String id) {
    engine.look();
    return workspace.atomically(() -> workspace.databases.find(id).map(Database::failure));
  }

  /** Returns why an engine that has not ended does not answer; empty where it does. */
  public Optional<String> hindrance() {
    return engine.engine().hindrance();
  }

  /**
   * Returns a database's usage in a period; null for up to now, and for the 30 days before the end.
   */
  public Usage usage(String id, @Nullable Instant start, @Nullable Instant end) {
    Database database = workspace.atomically(() -> workspace.database(id));
    Instant until = end == null ? workspace.now() : end;
    Instant first = start == null ? until.minus(DEFAULT_PERIOD) : start;
    long statements = meter.statements(database, first, until);
    long storedBytes = engine.engine().storedBytes(database.engineName());
    Instant now = workspace.now();
    // Up to now is up to the latest count, so that the next period can begin there.
    return new Usage(first, end == null ? now : end, statements, storedBytes, now);
  }

  /** Changes the values that are not null. */
  public DatabaseDetails update(String id, @Nullable String name, @Nullable String logicalId) {
    return workspace.atomically(
        () -> {
          Database database = workspace.database(id);
          refuseTaken(database.branchId(), logicalId, id);
          Database updated =
              database.withNames(
                  name == null ? database.name() : name,
                  logicalId == null ? database.logicalId() : logicalId);
          workspace.databases.put(updated);
          return workspace.details(updated);
        });
  }

  /** Returns when the engine has dropped it. */
  public void delete(String id) {
    EngineWorkers.await(
        workspace.atomically(
            () -> {
              Database database = workspace.database(id);
              if (database.isDefault()) {
                throw ApiError.forbidden(
                    "Database %s is the default database of project %s and cannot be deleted."
                        .formatted(id, database.projectId()),
                    "Delete the project, which takes its databases along.");
              }
              return remove(database);
            }));
  }

  /**
   * Takes a database out of the workspace and has the engine drop it. Where the engine fails, it is
   * back, as a failure, to be deleted again. To be called atomically.
   */
  CompletableFuture<Void> remove(Database database) {
    DatabaseDetails removed = workspace.details(database);
    List<Backup> backups =
        workspace.backups.list(backup -> backup.databaseId().equals(database.id()));
    workspace.databases.remove(database.id());
    backups.forEach(backup -> workspace.backups.remove(backup.id()));
    removed.connections().forEach(connection -> workspace.connections.remove(connection.id()));
    return database.work().then(() -> drop(removed, backups));
  }

  private void drop(DatabaseDetails removed, List<Backup> backups) {
    try {
      backups.forEach(backup -> engine.engine().dropDatabase(backup.engineName()));
      engine.engine().dropDatabase(removed.database().engineName());
      removed
          .connections()
          .forEach(
              login -> engine.engine().retireLogin(login.username(), removed.database().name()));
    } catch (RuntimeException e) {
      workspace.putBack(removed, backups);
      throw e;
    }
  }

  /**
   * Keeps a database beyond the emulator's end, until a time or its deletion.
   *
   * @throws ApiError 404 where there is no such database, 409 where it is not ready
   */
  public void keep(String id, Instant until) {
    EngineWorkers.await(
        workspace.atomically(
            () -> {
              Database database = workspace.readyDatabase(id, "kept");
              return database
                  .work()
                  .then(() -> engine.engine().keepDatabase(database.engineName(), until));
            }));
  }

  private void refuseTaken(String branchId, @Nullable String logicalId, @Nullable String by) {
    if (logicalId == null) {
      return;
    }
    workspace
        .databases
        .list(
            other ->
                logicalId.equals(other.logicalId())
                    && other.branchId().equals(branchId)
                    && !other.id().equals(by))
        .stream()
        .findFirst()
        .ifPresent(
            other -> {
              throw ApiError.conflict(
                  "Database %s has the logicalId %s on branch %s already."
                      .formatted(other.id(), ApiError.quote(logicalId), branchId),
                  "Use that database, or another logicalId.");
            });
  }
}
