package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresException;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.emulator.UserLog;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * A prefetched database: made before a test needs it, as far as allowed, on a thread of its own. A
 * failure there is not reported: the test that takes the fixture starts it once more, and gets the
 * failure. Thread-safe.
 */
final class PrefetchedDatabase {
  private static final UserLog log = UserLog.of("io.github.ppgtest");

  private final PrismaPostgresFixture fixture;
  private final Thread starter;

  private volatile boolean ready;

  // Both guarded by this.
  private boolean over;
  private boolean dropped;

  private PrefetchedDatabase(
      PrismaPostgresFixture fixture,
      String name,
      LongConsumer whenReady,
      BiConsumer<PrefetchedDatabase, PrismaPostgresException> whenFailed) {
    this.fixture = fixture;
    this.starter = new Thread(() -> start(whenReady, whenFailed), "ppgtest-ahead-of-" + name);
    starter.setDaemon(true);
  }

  /**
   * Begins to make a database.
   *
   * @param name the name of its class
   * @param whenReady takes the nanoseconds that it took
   * @param whenFailed takes the failure
   */
  static PrefetchedDatabase begin(
      PrismaPostgresFixture fixture,
      String name,
      LongConsumer whenReady,
      BiConsumer<PrefetchedDatabase, PrismaPostgresException> whenFailed) {
    PrefetchedDatabase prefetched = new PrefetchedDatabase(fixture, name, whenReady, whenFailed);
    prefetched.starter.start();
    return prefetched;
  }

  private void start(
      LongConsumer whenReady, BiConsumer<PrefetchedDatabase, PrismaPostgresException> whenFailed) {
    long began = System.nanoTime();
    boolean started = false;
    PrismaPostgresException failure = null;
    boolean isDropped;
    try {
      if (fixture.mostAhead() > 0) {
        fixture.startAhead();
        started = true;
        whenReady.accept(System.nanoTime() - began);
      } else {
        fixture.prepare();
      }
    } catch (PrismaPostgresException e) {
      log.debug("Could not prepare a database ahead", e);
      failure = e;
      delete();
    } catch (LinkageError e) {
      log.debug("Could not prepare a database ahead", e);
    } finally {
      // Also after an error, as a test class may wait.
      isDropped = end(started);
    }
    if (isDropped) {
      delete();
    } else if (failure != null) {
      whenFailed.accept(this, failure);
    }
  }

  /** Returns whether it was dropped meanwhile. */
  private synchronized boolean end(boolean started) {
    over = true;
    ready = started;
    notifyAll();
    return dropped;
  }

  /** Returns whether it is ready. */
  boolean isReady() {
    return ready;
  }

  /** Returns the fixture, started if all went well; waits where it is just starting. */
  synchronized PrismaPostgresFixture take() {
    if (!over) {
      fixture.hurry();
    }
    boolean interrupted = false;
    while (!over) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return fixture;
  }

  /** Waits until the deletion of a dropped one has begun, and returns whether it was ready. */
  boolean awaitDeletion() {
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ready;
  }

  /** Has it deleted in the background, at once or when it is ready. */
  void drop() {
    synchronized (this) {
      dropped = true;
      if (!over) {
        starter.interrupt();
        return;
      }
    }
    delete();
  }

  private void delete() {
    try {
      fixture.stopBehind();
    } catch (PrismaPostgresException e) {
      log.warn("{}", e.getMessage(), e);
    }
  }
}
