package io.github.ppgtest.emulator.internal.state;

import io.github.ppgtest.emulator.ResourceLimits;
import io.github.ppgtest.emulator.UserLog;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The step that makes a database ready, or a failure. */
final class Provisioning {
  private static final UserLog LOG = UserLog.of(Provisioning.class.getName());

  private final Workspace workspace;
  private final EngineWorkers engine;
  private final UsageMeter meter;
  private final Database database;
  private final Credentials login;
  private final Contents contents;

  Provisioning(
      Workspace workspace,
      EngineWorkers engine,
      UsageMeter meter,
      Database database,
      Credentials login,
      Contents contents) {
    this.workspace = workspace;
    this.engine = engine;
    this.meter = meter;
    this.database = database;
    this.login = login;
    this.contents = contents;
  }

  /** Begins, unless the database has been deleted meanwhile. */
  void begin() {
    workspace.ifThere(
        database.id(),
        current -> {
          Runnable creation = contents.into(current.engineName());
          CompletableFuture<Void> made = current.work().thenWaiting(() -> provision(creation));
          engine.count(made);
          made.whenComplete((done, failure) -> failIfNotBegun(failure));
        });
  }

  /** Where no thread can be started for it. */
  private void failIfNotBegun(@Nullable Throwable failure) {
    if (failure != null) {
      String why =
          ResourceLimits.reachedIn(failure).orElseGet(() -> String.valueOf(failure.getMessage()));
      workspace.change(
          database.id(),
          current ->
              current.status() == DatabaseStatus.PROVISIONING
                  ? current.failed(why).become(DatabaseStatus.FAILURE)
                  : current);
    }
  }

  /** Makes it a failure without even trying. */
  void fail() {
    workspace.ifThere(
        database.id(), current -> current.work().then(() -> become(DatabaseStatus.FAILURE)));
  }

  private void provision(Runnable creation) {
    DatabaseStatus status = DatabaseStatus.FAILURE;
    try {
      creation.run();
      engine.engine().createLogin(database.engineName(), login.username(), login.password());
      status = DatabaseStatus.READY;
    } catch (RuntimeException | Error e) {
      // No caller waits for this step: only the log can show why.
      if (!engine.isClosing()) {
        LOG.warn(
            "Database {} could not be provisioned; its status is `failure`.", database.id(), e);
        workspace.change(database.id(), current -> current.failed(String.valueOf(e.getMessage())));
      }
    } finally {
      become(status);
    }
    meter.start();
  }

  private void become(DatabaseStatus status) {
    workspace.change(database.id(), current -> current.become(status));
  }
}
