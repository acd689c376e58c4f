package io.github.ppgtest.emulator.internal.state;

import io.github.ppgtest.emulator.internal.http.ApiError;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Creates, finds and deletes connections. Safe for use by many threads. */
public final class Connections {
  private final Workspace workspace;
  private final EngineWorkers engine;
  private final Random random;

  public Connections(Workspace workspace, EngineWorkers engine, Random random) {
    this.workspace = workspace;
    this.engine = engine;
    this.random = random;
  }

  /** Returns when the engine has the login. */
  public Created<ConnectionDetails> create(String databaseId, String name) {
    Pending pending =
        workspace.atomically(
            () -> {
              Database database = workspace.database(databaseId);
              Created<Connection> added = add(databaseId, name);
              CompletableFuture<Void> step =
                  database.work().then(() -> createLogin(database, added));
              return new Pending(
                  new Created<>(workspace.details(added.resource()), added.login()), step);
            });
    EngineWorkers.await(pending.step());
    return pending.created();
  }

  /** Adds a connection with a login of the caller's; to be called atomically. */
  Created<Connection> add(String databaseId, String name) {
    Credentials login = Credentials.random(random);
    Connection connection =
        new Connection(
            workspace.connections.nextSequence(),
            workspace.newId(Ids.CONNECTION),
            name,
            workspace.now(),
            databaseId,
            login.username());
    workspace.connections.put(connection);
    return new Created<>(connection, login);
  }

  /**
   * Gives a connection another password and returns when the engine knows it: the old one is
   * refused from then on. Present sessions go on, as they do where PostgreSQL's own {@code ALTER
   * ROLE} changes a password, so that a pool can be given the new one without a gap.
   */
  public Created<ConnectionDetails> rotate(String id) {
    Pending pending =
        workspace.atomically(
            () -> {
              Connection connection = workspace.connection(id);
              Database database = workspace.database(connection.databaseId());
              Credentials login = Credentials.random(random).of(connection.username());
              CompletableFuture<Void> step =
                  database.work().then(() -> changePassword(database, login));
              return new Pending(new Created<>(workspace.details(connection), login), step);
            });
    EngineWorkers.await(pending.step());
    return pending.created();
  }

  private void changePassword(Database database, Credentials login) {
    refuseUnlessReady(database.id());
    engine.engine().changePassword(login.username(), login.password());
  }

  private void createLogin(Database database, Created<Connection> added) {
    Credentials login = added.login();
    try {
      refuseUnlessReady(database.id());
      engine.engine().createLogin(database.engineName(), login.username(), login.password());
    } catch (RuntimeException e) {
      workspace.removeConnection(added.resource().id());
      throw e;
    }
  }

  /** Refuses a database that has failed, or gone, after the request came and before its turn. */
  private void refuseUnlessReady(String databaseId) {
    Database current = workspace.atomically(() -> workspace.database(databaseId));
    if (current.status() != DatabaseStatus.READY) {
      throw ApiError.conflict(
          "Database %s has the status `%s` and takes no connections."
              .formatted(databaseId, current.status().word()),
          current.status() == DatabaseStatus.FAILURE
              ? "Delete it and create another."
              : "Try again when it is ready.");
    }
  }

  public ConnectionDetails get(String id) {
    return workspace.atomically(() -> workspace.details(workspace.connection(id)));
  }

  /** Lists those that pass a filter. */
  public Page<ConnectionDetails> list(PageRequest request, Predicate<Connection> filter) {
    return workspace.atomically(
        () -> workspace.page(workspace.connections, request, filter).map(workspace::details));
  }

  /** Lists those of a database, which has to exist. */
  public Page<ConnectionDetails> listOfDatabase(String databaseId, PageRequest request) {
    return workspace.atomically(
        () -> {
          workspace.database(databaseId);
          return list(request, connection -> connection.databaseId().equals(databaseId));
        });
  }

  /** Returns when the engine has dropped the login, and with it its sessions. */
  public void delete(String id) {
    EngineWorkers.await(
        workspace.atomically(
            () -> {
              Connection connection = workspace.connection(id);
              Database database = workspace.database(connection.databaseId());
              workspace.removeConnection(id);
              return database.work().then(() -> dropLogin(connection));
            }));
  }

  private void dropLogin(Connection connection) {
    try {
      engine.engine().dropLogin(connection.username());
    } catch (RuntimeException e) {
      workspace.putBack(connection);
      throw e;
    }
  }

  private record Pending(Created<ConnectionDetails> created, CompletableFuture<Void> step) {}
}
