package io.github.ppgtest.emulator.internal.state;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step that makes a database ready, or a failure. */
final class Provisioning implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);

  private final Workspace workspace;
  private final EngineWorkers engine;
  private final Database database;
  private final Credentials login;

  Provisioning(Workspace workspace, EngineWorkers engine, Database database, Credentials login) {
    this.workspace = workspace;
    this.engine = engine;
    this.database = database;
    this.login = login;
  }

  /** Begins, unless the database has been deleted meanwhile. */
  void begin() {
    then(this);
  }

  /** Makes it a failure without even trying. */
  void fail() {
    then(() -> become(DatabaseStatus.FAILURE));
  }

  private void then(Runnable step) {
    workspace.ifThere(database.id(), current -> current.work().then(step));
  }

  @Override
  public void run() {
    DatabaseStatus status = DatabaseStatus.FAILURE;
    try {
      engine.engine().createDatabase(database.engineName());
      engine.engine().createLogin(database.engineName(), login.username(), login.password());
      status = DatabaseStatus.READY;
    } catch (RuntimeException | Error e) {
      // Nobody waits for this step: the log is the only place that can tell why.
      if (!engine.isClosing()) {
        LOG.warn(
            "Database {} could not be provisioned; its status is `failure`.", database.id(), e);
      }
    } finally {
      become(status);
    }
  }

  private void become(DatabaseStatus status) {
    workspace.change(database.id(), current -> current.withStatus(status));
  }
}
