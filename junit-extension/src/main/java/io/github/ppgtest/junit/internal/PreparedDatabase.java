package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresException;
import io.github.ppgtest.PrismaPostgresFixture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that is made, or as far as it may be prepared, before its class begins, on a thread of
 * its own. What goes wrong there is not told: whoever takes the fixture over starts it once more,
 * and meets it. Thread-safe.
 */
final class PreparedDatabase {
  private static final Logger log = LoggerFactory.getLogger("io.github.ppgtest");

  private final Class<?> testClass;
  private final PrismaPostgresFixture fixture;
  private final Thread starter;
  private boolean taken;
  private boolean started;

  private PreparedDatabase(AnnotatedClass wanting) {
    this.testClass = wanting.testClass();
    this.fixture = wanting.fixture();
    this.starter = new Thread(this::start, "ppgtest-ahead-of-" + testClass.getSimpleName());
    starter.setDaemon(true);
  }

  /**
   * Begins to make the database of a class.
   *
   * @throws io.github.ppgtest.ConfigurationException if the annotation has a value that cannot be
   */
  static PreparedDatabase begin(AnnotatedClass wanting) {
    PreparedDatabase prepared = new PreparedDatabase(wanting);
    prepared.starter.start();
    return prepared;
  }

  boolean isFor(Class<?> other) {
    return testClass == other;
  }

  private synchronized void start() {
    if (taken) {
      return;
    }
    try {
      // What others take turns with is not to be held by a class that may yet be far off.
      if (fixture.mostAhead() > 0) {
        fixture.start();
        started = true;
      } else {
        fixture.prepare();
      }
    } catch (PrismaPostgresException e) {
      log.debug("Could not prepare a database for {} ahead", testClass.getName(), e);
    }
  }

  /** Returns the fixture, started if all went well; waits where it is just starting. */
  synchronized PrismaPostgresFixture take() {
    taken = true;
    return fixture;
  }

  private synchronized boolean wasStarted() {
    return started;
  }

  /** Deletes the database, which its class did not come for. */
  void discard() {
    discard("did not come for the database that was prepared for it");
  }

  /**
   * Deletes the database, which another class cannot do without. Its own gets another if it comes.
   */
  void giveUpFor(Class<?> other) {
    discard(
        "gives up the database that was prepared for it: "
            + other.getName()
            + " could have none beside it, so no more are prepared");
  }

  private void discard(String reason) {
    starter.interrupt();
    take().stop();
    if (wasStarted()) {
      log.info("{} {}", testClass.getName(), reason);
    }
  }
}
