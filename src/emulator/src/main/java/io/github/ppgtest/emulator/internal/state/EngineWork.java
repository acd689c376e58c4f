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

  // Both guarded by this, and never failures.
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /** All that runs beside each other since then. */
  private CompletableFuture<Void> beside = CompletableFuture.completedFuture(null);

  EngineWork(Executor executor) {
    this.executor = executor;
  }

  /**
   * Adds a step and returns at once. It runs after all earlier ones, whether they failed or not.
   */
  synchronized CompletableFuture<Void> then(Runnable step) {
    CompletableFuture<Void> added =
        CompletableFuture.allOf(last, beside).thenRunAsync(step, executor);
    last = settled(added);
    return added;
  }

  /**
   * Adds a step that changes nothing and returns at once. It runs after all that {@link #then}
   * added earlier, and at the same time as others of its kind.
   */
  synchronized CompletableFuture<Void> beside(Runnable step) {
    CompletableFuture<Void> added = last.thenRunAsync(step, executor);
    beside = CompletableFuture.allOf(beside, settled(added));
    return added;
  }

  /** Waits until all that was added so far is done, for a while. */
  void await(Duration patience) {
    CompletableFuture<Void> all;
    synchronized (this) {
      all = CompletableFuture.allOf(last, beside);
    }
    try {
      all.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("What is settled has not failed.", e);
    } catch (TimeoutException e) {
      // Whoever asks next sees how far it is.
    }
  }

  private static CompletableFuture<Void> settled(CompletableFuture<Void> step) {
    return step.handle((done, failure) -> done);
  }
}
