package io.github.ppgtest.emulator.internal.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads: a forgotten emulator must not keep a JVM alive. */
public final class Threads {
  private Threads() {}

  /** Makes a pool of so many threads at most, whose work waits while all are busy. */
  public static ExecutorService queueing(String name, int most) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), numbered(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Makes a pool that grows as needed, its threads named {@code name-1}, {@code name-2} and so on.
   */
  public static ExecutorService daemons(String name) {
    return Executors.newCachedThreadPool(numbered(name));
  }

  /** Makes a pool of so many threads at most, which rejects work while all are busy. */
  public static ExecutorService daemons(String name, int most) {
    return new ThreadPoolExecutor(
        0, most, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), numbered(name));
  }

  /** Makes a single thread for work whose time comes later; it waits without being busy. */
  public static ScheduledExecutorService scheduler(String name) {
    return Executors.newSingleThreadScheduledExecutor(work -> daemon(name, work));
  }

  private static ThreadFactory numbered(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> daemon(name + "-" + count.incrementAndGet(), work);
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Starts a daemon thread. */
  static Thread start(String name, Runnable work) {
    Thread thread = daemon(name, work);
    thread.start();
    return thread;
  }

  /** Waits for a thread that is about to end, 5 seconds at most. */
  static void join(Thread thread) {
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
