package io.github.ppgtest.emulator.internal.state;

import io.github.ppgtest.emulator.internal.postgres.DatabaseEngine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/**
 * A template that is being made. The engine's steps for it are in its database's queue, so that it
 * can be deleted meanwhile like any other.
 */
final class NewTemplate {
  private final Workspace workspace;
  private final EngineWorkers engine;
  private final DatabaseStore databases;
  private final Database database;
  private final Credentials login;
  private final BiFunction<Database, Credentials, String> connectionString;

  private NewTemplate(
      Workspace workspace,
      EngineWorkers engine,
      DatabaseStore databases,
      Created<DatabaseDetails> created,
      BiFunction<Database, Credentials, String> connectionString) {
    this.workspace = workspace;
    this.engine = engine;
    this.databases = databases;
    this.database = created.resource().database();
    this.login = created.login();
    this.connectionString = connectionString;
  }

  /** Adds its database to a project. */
  static NewTemplate add(
      Workspace workspace,
      EngineWorkers engine,
      DatabaseStore databases,
      String projectId,
      String name,
      BiFunction<Database, Credentials, String> connectionString) {
    return new NewTemplate(
        workspace, engine, databases, databases.addTemplate(projectId, name), connectionString);
  }

  String id() {
    return database.id();
  }

  /** Copies another template. */
  void copy(String templateId) {
    orDelete(
        () -> {
          Runnable copy =
              workspace.atomically(
                  () ->
                      Contents.of(DatabaseSource.database(templateId), workspace, engine)
                          .into(database.engineName()));
          step(copy);
          seal();
        });
  }

  /** Takes the machine's saved template for a key, or has one made. */
  void make(String key, boolean isLasting, Templates.Maker maker) {
    orDelete(
        () -> {
          if (!isLasting) {
            make(maker);
          } else if (!take(key)) {
            engine.engine().alone(key, () -> takeOrMake(key, maker));
          }
        });
  }

  private void takeOrMake(String key, Templates.Maker maker) {
    // Another process may have made it until now.
    if (!take(key)) {
      make(maker);
      step(() -> engine.engine().saveTemplate(key, database.engineName()));
    }
  }

  private boolean take(String key) {
    AtomicBoolean taken = new AtomicBoolean();
    step(
        () -> {
          if (engine.engine().takeTemplate(key, database.engineName())) {
            taken.set(true);
            workspace.removeConnection(database.firstConnectionId());
            become(DatabaseStatus.READY);
          }
        });
    return taken.get();
  }

  private void make(Templates.Maker maker) {
    step(
        () -> {
          DatabaseEngine server = engine.engine();
          server.createDatabase(database.engineName());
          server.createLogin(database.engineName(), login.username(), login.password());
          become(DatabaseStatus.READY);
        });
    maker.make(database.id(), connectionString.apply(database, login));
    seal();
  }

  /** Seals the template without its logins, including those made meanwhile. */
  private void seal() {
    step(
        () -> {
          for (Connection connection : connections()) {
            engine.engine().dropLogin(connection.username());
            workspace.removeConnection(connection.id());
          }
          engine.engine().sealDatabase(database.engineName());
          become(DatabaseStatus.READY);
        });
  }

  private Iterable<Connection> connections() {
    return workspace.atomically(
        () -> workspace.details(workspace.database(database.id())).connections());
  }

  private void become(DatabaseStatus status) {
    workspace.change(database.id(), current -> current.become(status));
  }

  private void step(Runnable step) {
    EngineWorkers.await(
        database
            .work()
            .then(
                () -> {
                  // One that was deleted meanwhile has had its last step.
                  workspace.atomically(() -> workspace.database(database.id()));
                  step.run();
                }));
  }

  private void orDelete(Runnable making) {
    try {
      making.run();
    } catch (RuntimeException | Error e) {
      try {
        delete();
      } catch (RuntimeException cleanUp) {
        e.addSuppressed(cleanUp);
      }
      throw e;
    }
  }

  private void delete() {
    CompletableFuture<Void> dropped =
        workspace.atomically(
            () ->
                workspace
                    .databases
                    .find(database.id())
                    .map(databases::remove)
                    .orElseGet(() -> CompletableFuture.completedFuture(null)));
    EngineWorkers.await(dropped);
  }
}
