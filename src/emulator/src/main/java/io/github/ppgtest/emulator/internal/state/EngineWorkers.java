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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The engine, and the background threads that work on it. Safe for use by many threads. */
public final class EngineWorkers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final StartingEngine engine;
  private final ExecutorService threads = Threads.daemons("ppgtest-emulator-engine");
  private volatile boolean closing;

  /** Made when somebody first needs it, which most never do; guarded by this. */
  private @Nullable ScheduledExecutorService scheduler;

  public EngineWorkers(StartingEngine engine) {
    this.engine = engine;
  }

  /** Waits until there are databases to be had, and throws if there will be none. */
  public void awaitStarted() {
    engine.await();
  }

  /** Has this be told why the engine has ended, before another takes its place. */
  public void whenLost(Consumer<String> listener) {
    engine.whenLost(listener);
  }

  /** Says which file system is full where databases are; empty where there is room. */
  public Optional<String> storageProblem() {
    return engine.storageProblem();
  }

  /** Counts the engines that have ended without having been closed. */
  public int lostServers() {
    return engine.ended();
  }

  /** Looks whether the engine has ended: what is added from now on is of another then. */
  void look() {
    engine.look();
  }

  public String host() {
    return engine.host();
  }

  public int port() {
    return engine.port();
  }

  /** The file with the certificate that the databases' server shows. */
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

  /** Starts the work of another database. */
  EngineWork newWork() {
    return new EngineWork(threads);
  }

  /** Does something after a while, unless everything is torn down by then. */
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

  /** Tells whether a failure is worth a word: none is while everything is being torn down. */
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
   * Lets the work under way come to its end, for a moment; then ends the engine, and the threads,
   * whose work fails without it. Idempotent.
   */
  @Override
  public void close() {
    endScheduler();
    threads.shutdown();
    try {
      threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      engine.close();
    } finally {
      Threads.end(threads);
    }
  }
}
