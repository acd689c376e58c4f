package io.github.ppgtest.emulator.internal.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads: a forgotten emulator must not keep a JVM alive. */
public final class Threads {
  private Threads() {}

  /**
   * Makes a pool that grows as needed, its threads named {@code name-1}, {@code name-2} and so on.
   */
  public static ExecutorService daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return Executors.newCachedThreadPool(
        work -> daemon(name + "-" + count.incrementAndGet(), work));
  }

  /** Makes a single thread for work whose time comes later; it waits without being busy. */
  public static ScheduledExecutorService scheduler(String name) {
    return Executors.newSingleThreadScheduledExecutor(work -> daemon(name, work));
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs work on a daemon thread of its own, and returns or throws as it does. */
  static void runAsDaemon(String name, Runnable work) {
    Executor oneThread = task -> daemon(name, task).start();
    CompletableFuture.runAsync(work, oneThread).join();
  }

  /**
   * Interrupts the threads of a pool and waits until they have ended, 5 seconds at most: what waits
   * for something that cannot be interrupted ends by itself.
   */
  public static void end(ExecutorService pool) {
    pool.shutdownNow();
    try {
      pool.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
