package io.github.ppgtest.emulator.internal.state;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What the engine has to do for one database, one step after the other: a database is not dropped
 * while it is still being created. Safe for use by many threads.
 */
public final class EngineWork {
  private final Executor executor;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  EngineWork(Executor executor) {
    this.executor = executor;
  }

  /**
   * Adds a step and returns at once. It runs after all earlier ones, whether they failed or not.
   */
  synchronized CompletableFuture<Void> then(Runnable step) {
    last = last.handle((done, failure) -> done).thenRunAsync(step, executor);
    return last;
  }
}
