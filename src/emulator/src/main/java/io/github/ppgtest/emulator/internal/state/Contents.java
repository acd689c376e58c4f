package io.github.ppgtest.emulator.internal.state;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The content of a new database, and how the engine creates it. */
@FunctionalInterface
interface Contents {

  /**
   * Begins to create a database with the content, and returns the wait for it.
   *
   * @param engineName the name to make it under
   */
  Runnable into(String engineName);

  /**
   * Resolves a source; to be called atomically, like {@link #into}: then the source cannot be
   * dropped before it is copied.
   *
   * @throws io.github.ppgtest.emulator.internal.http.ApiError 404 where there is no such source,
   *     409 where it is not ready
   */
  static Contents of(DatabaseSource source, Workspace workspace, EngineWorkers engine) {
    String databaseId = source.databaseId();
    if (databaseId == null) {
      return name -> () -> engine.engine().createDatabase(name);
    }
    String backupId = source.backupId();
    if (backupId == null) {
      Database database = workspace.readyDatabase(databaseId, "copied");
      Function<String, Runnable> copy = name -> copy(engine, database.engineName(), name);
      return engine.engine().isSealed(database.engineName())
          ? copiesOfTemplate(database, copy)
          : copies(database, copy);
    }
    Backup backup = workspace.backup(databaseId, backupId);
    return copies(workspace.database(databaseId), name -> copy(engine, backup.engineName(), name));
  }

  private static Runnable copy(EngineWorkers engine, String from, String name) {
    return () -> engine.engine().copyDatabase(from, name);
  }

  /** The copy is a step in the work of the database that it is taken from. */
  private static Contents copies(Database owner, Function<String, Runnable> copy) {
    return name -> awaiting(owner.work().then(copy.apply(name)));
  }

  /** A template has no writers, so copies of it are made at the same time. */
  private static Contents copiesOfTemplate(Database template, Function<String, Runnable> copy) {
    return name -> awaiting(template.work().beside(copy.apply(name)));
  }

  private static Runnable awaiting(CompletableFuture<Void> step) {
    return () -> EngineWorkers.await(step);
  }
}
