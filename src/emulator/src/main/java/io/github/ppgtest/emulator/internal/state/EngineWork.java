package io.github.ppgtest.emulator.internal.state;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

  /** Waits until all steps are done, but no longer than this; how they ended does not matter. */
  void await(Duration atMost) {
    CompletableFuture<Void> running;
    synchronized (this) {
      running = last;
    }
    try {
      running.handle((done, failure) -> done).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Whoever asks is told how far it has come.
    }
  }
}
