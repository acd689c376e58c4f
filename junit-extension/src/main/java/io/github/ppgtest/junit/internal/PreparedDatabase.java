package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresException;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.emulator.UserLog;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * A database that is made, or as far as it may be prepared, before a test wants it, on a thread of
 * its own. What goes wrong there is not told: whoever takes the fixture over starts it once more,
 * and meets it. Thread-safe.
 */
final class PreparedDatabase {
  private static final UserLog log = UserLog.of("io.github.ppgtest");

  private final PrismaPostgresFixture fixture;
  private final Thread starter;

  private volatile boolean ready;

  // Both guarded by this.
  private boolean over;
  private boolean dropped;

  private PreparedDatabase(
      PrismaPostgresFixture fixture,
      String name,
      LongConsumer whenReady,
      BiConsumer<PreparedDatabase, PrismaPostgresException> whenFailed) {
    this.fixture = fixture;
    this.starter = new Thread(() -> start(whenReady, whenFailed), "ppgtest-ahead-of-" + name);
    starter.setDaemon(true);
  }

  /**
   * Begins to make a database.
   *
   * @param name of whoever will want it
   * @param whenReady is told how many nanoseconds it took
   * @param whenFailed is told why there is none
   */
  static PreparedDatabase begin(
      PrismaPostgresFixture fixture,
      String name,
      LongConsumer whenReady,
      BiConsumer<PreparedDatabase, PrismaPostgresException> whenFailed) {
    PreparedDatabase prepared = new PreparedDatabase(fixture, name, whenReady, whenFailed);
    prepared.starter.start();
    return prepared;
  }

  private void start(
      LongConsumer whenReady, BiConsumer<PreparedDatabase, PrismaPostgresException> whenFailed) {
    long began = System.nanoTime();
    boolean started = false;
    PrismaPostgresException failure = null;
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
    }
    if (end(started)) {
      delete();
    } else if (failure != null) {
      whenFailed.accept(this, failure);
    }
  }

  /** Returns whether nobody wants it any more. */
  private synchronized boolean end(boolean started) {
    over = true;
    ready = started;
    notifyAll();
    return dropped;
  }

  /** Tells whether it is there. */
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

  /** Waits until the deletion of one that was dropped has begun, and tells whether it was there. */
  boolean awaitDeletion() {
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ready;
  }

  /** Has it deleted behind the tests, at once or when it is there. */
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
