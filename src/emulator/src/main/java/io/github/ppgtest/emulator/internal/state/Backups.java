package io.github.ppgtest.emulator.internal.state;

import io.github.ppgtest.emulator.UserLog;
import io.github.ppgtest.emulator.internal.http.ApiError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes and lists backups, and restores databases from them. Safe for use by many threads. */
public final class Backups {
  private static final UserLog LOG = UserLog.of(Backups.class.getName());

  private final Workspace workspace;
  private final EngineWorkers engine;

  public Backups(Workspace workspace, EngineWorkers engine) {
    this.workspace = workspace;
    this.engine = engine;
  }

  /**
   * Returns when the engine has the backup.
   *
   * @throws ApiError 404 where there is no such database, 409 where it is not ready
   */
  public Backup create(String databaseId) {
    String id = workspace.atomically(() -> workspace.newId(Ids.BACKUP));
    EngineWorkers.await(
        workspace.atomically(
            () -> {
              Database database = workspace.readyDatabase(databaseId, "copied");
              return database.work().then(() -> copy(database, id));
            }));
    return workspace.atomically(() -> workspace.backup(databaseId, id));
  }

  private void copy(Database database, String id) {
    Instant moment = workspace.now();
    engine.engine().copyDatabase(database.engineName(), id);
    long size = closed(id);
    workspace.addBackup(
        sequence -> new Backup(sequence, id, moment, database.id(), size),
        () -> engine.engine().dropDatabase(id));
  }

  /** Closes a backup to changes, and returns its size. */
  private long closed(String id) {
    try {
      engine.engine().closeDatabase(id);
      return engine.engine().storedBytes(id);
    } catch (RuntimeException e) {
      try {
        engine.engine().dropDatabase(id);
      } catch (RuntimeException cleanUp) {
        e.addSuppressed(cleanUp);
      }
      throw e;
    }
  }

  /** Lists those of a database, the newest first. */
  public List<Backup> list(String databaseId) {
    return workspace.atomically(
        () -> {
          workspace.database(databaseId);
          List<Backup> backups =
              new ArrayList<>(
                  workspace.backups.list(backup -> backup.databaseId().equals(databaseId)));
          Collections.reverse(backups);
          return backups;
        });
  }

  /**
   * Returns when the sessions of a database are ended; its content is replaced in the background.
   *
   * @throws ApiError 404 where there is no such database or backup, 409 where the database is being
   *     made or restored or has failed, 422 where it is the default one
   */
  public DatabaseDetails restore(String targetId, DatabaseSource source) {
    Begun begun =
        workspace.atomically(
            () -> {
              engine.refuseTooMany();
              Database target = workspace.database(targetId);
              Contents contents = Contents.of(source, workspace, engine);
              refuseUnrestorable(target);
              Database recovering = target.recoveringFrom(source);
              workspace.databases.put(recovering);
              String name = target.engineName();
              CompletableFuture<Void> closed =
                  target.work().then(() -> engine.engine().closeDatabase(name));
              String replacement = name + "_restored";
              Runnable creation = contents.into(replacement);
              engine.count(
                  target.work().thenWaiting(() -> replace(target, replacement, closed, creation)));
              return new Begun(workspace.details(recovering), closed);
            });
    EngineWorkers.await(begun.closed());
    return begun.details();
  }

  private static void refuseUnrestorable(Database target) {
    if (target.isDefault()) {
      throw ApiError.invalid(
          ApiError.UNPROCESSABLE,
          "targetDatabaseId",
          "%s is the default database of project %s and cannot be restored. Create a database from the backup instead."
              .formatted(target.id(), target.projectId()));
    }
    if (target.status() != DatabaseStatus.READY) {
      throw ApiError.conflict(
          "Database %s has the status `%s` and cannot be restored."
              .formatted(target.id(), target.status().word()),
          target.status() == DatabaseStatus.FAILURE
              ? "Delete it, and create another from the backup."
              : "Wait until it is ready.");
    }
  }

  private void replace(
      Database target, String replacement, CompletableFuture<Void> closed, Runnable creation) {
    DatabaseStatus status = DatabaseStatus.FAILURE;
    try {
      EngineWorkers.await(closed);
      creation.run();
      engine.engine().replaceDatabase(target.engineName(), replacement);
      status = DatabaseStatus.READY;
    } catch (RuntimeException | Error e) {
      // No caller waits for this step: only the log can show why.
      if (!engine.isClosing()) {
        LOG.warn("Database {} could not be restored; its status is `failure`.", target.id(), e);
        workspace.change(target.id(), current -> current.failed(String.valueOf(e.getMessage())));
        engine.engine().dropDatabase(replacement);
      }
    } finally {
      DatabaseStatus reached = status;
      workspace.change(target.id(), current -> current.become(reached));
    }
  }

  private record Begun(DatabaseDetails details, CompletableFuture<Void> closed) {}
}
