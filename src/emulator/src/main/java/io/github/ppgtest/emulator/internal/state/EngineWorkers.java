package io.github.ppgtest.emulator.internal.state;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Threads;
import io.github.ppgtest.emulator.internal.postgres.DatabaseEngine;
import io.github.ppgtest.emulator.internal.postgres.StartingEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The engine, and the background threads that work on it. Safe for use by many threads. */
public final class EngineWorkers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final StartingEngine engine;

  /** More than there are processors for, or connections of the superuser. */
  private static final int MOST_AT_ONCE = 16;

  /** How many databases may be on the way, each with a thread that may wait for another. */
  static final int MOST_ON_THE_WAY = 256;

  private final ExecutorService threads = Threads.queueing("ppgtest-emulator-engine", MOST_AT_ONCE);

  /** Twice as many: a bound that is never met, as who would exceed it has been refused. */
  private final ExecutorService waiting =
      Threads.daemons("ppgtest-emulator-making", 2 * MOST_ON_THE_WAY);

  private final AtomicInteger onTheWay = new AtomicInteger();
  private volatile boolean closing;

  /** Created on first use, which is rare; guarded by this. */
  private @Nullable ScheduledExecutorService scheduler;

  public EngineWorkers(StartingEngine engine) {
    this.engine = engine;
  }

  /** Waits until databases can be created, and throws if they never can. */
  public void awaitStarted() {
    engine.await();
  }

  /** Sets a listener for the reason of an engine's end, called before another takes its place. */
  public void whenLost(Consumer<String> listener) {
    engine.whenLost(listener);
  }

  /** Returns which file system is full where databases are; empty where there is room. */
  public Optional<String> storageProblem() {
    return engine.storageProblem();
  }

  /** Returns how many engines have ended without having been closed. */
  public int lostServers() {
    return engine.ended();
  }

  /** Checks whether the engine has ended: steps added from now on belong to another then. */
  void look() {
    engine.look();
  }

  public String host() {
    return engine.host();
  }

  public int port() {
    return engine.port();
  }

  /** Returns the file with the certificate of the databases' server. */
  public Path certificate() {
    return engine.certificate();
  }

  /** Ends those sessions of a database that wait for their client; empty where there is none. */
  public OptionalInt endIdleSessions(String database) {
    return engine.endIdleSessions(database);
  }

  DatabaseEngine engine() {
    return engine;
  }

  /** Creates the queue of a new database. */
  DatabaseTask newWork() {
    return new DatabaseTask(threads, waiting);
  }

  /**
   * Refuses to make one database more while too many are on the way: to be called before anything
   * is changed for it.
   *
   * @throws ApiError 429
   */
  void refuseTooMany() {
    if (onTheWay.get() >= MOST_ON_THE_WAY) {
      throw ApiError.busy(MOST_ON_THE_WAY);
    }
  }

  /** Counts what makes a database, until it has. */
  void count(CompletableFuture<Void> making) {
    onTheWay.incrementAndGet();
    making.whenComplete((made, failure) -> onTheWay.decrementAndGet());
  }

  /** Runs an action after a delay, unless the emulator is closed by then. */
  synchronized void later(Duration delay, Runnable work) {
    if (closing) {
      return;
    }
    ScheduledExecutorService existing = scheduler;
    if (existing == null) {
      existing = Threads.scheduler("ppgtest-emulator-later");
      scheduler = existing;
    }
    existing.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void endScheduler() {
    closing = true;
    if (scheduler != null) {
      Threads.end(scheduler);
    }
  }

  /** Returns whether the emulator is being closed, when failures are not worth logging. */
  boolean isClosing() {
    return closing;
  }

  /** Waits for a step and throws what it threw. */
  static void await(CompletableFuture<Void> step) {
    try {
      step.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiError.closing();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("The engine's work failed.", e.getCause());
    }
  }

  /**
   * Lets pending steps end, for a moment; then ends the engine, and the threads, which fail without
   * it. Idempotent.
   */
  @Override
  public void close() {
    endScheduler();
    waiting.shutdown();
    try {
      // Before the others, whose work these may be waiting for.
      waiting.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      threads.shutdown();
      threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      engine.close();
    } finally {
      Threads.end(waiting);
      Threads.end(threads);
    }
  }
}
