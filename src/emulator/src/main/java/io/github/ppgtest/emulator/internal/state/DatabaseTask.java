package io.github.ppgtest.emulator.internal.state;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The queue of the engine's steps for one database: a database is not dropped while it is still
 * being created. Safe for use by many threads.
 */
public final class DatabaseTask {
  private final Executor executor;
  private final Executor waiting;

  // Both guarded by this, and never failures.
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /** The parallel steps since then. */
  private CompletableFuture<Void> beside = CompletableFuture.completedFuture(null);

  /**
   * Creates it.
   *
   * @param executor runs steps that wait for no others'; it may have few threads
   * @param waiting runs steps that do, and has a thread for each
   */
  DatabaseTask(Executor executor, Executor waiting) {
    this.executor = executor;
    this.waiting = waiting;
  }

  /**
   * Adds a step and returns at once. It runs after all earlier ones, whether they failed or not.
   */
  CompletableFuture<Void> then(Runnable step) {
    return then(step, executor);
  }

  /** Does the same for a step that waits for one of another database, as copies do. */
  CompletableFuture<Void> thenWaiting(Runnable step) {
    return then(step, waiting);
  }

  private synchronized CompletableFuture<Void> then(Runnable step, Executor by) {
    CompletableFuture<Void> added = CompletableFuture.allOf(last, beside).thenRunAsync(step, by);
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

  /** Waits, for a limited time, until all steps added so far are done. */
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
      // The status shows how far it is.
    }
  }

  private static CompletableFuture<Void> settled(CompletableFuture<Void> step) {
    return step.handle((done, failure) -> done);
  }
}
