package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresFixture;
import org.jspecify.annotations.Nullable;

/** One database for several classes: started for the first, deleted after the last. Thread-safe. */
final class SharedDatabase {
  private final AnnotatedClass first;

  // All four guarded by this.
  private @Nullable PrismaPostgresFixture fixture;
  private int users;
  private boolean failed;
  private boolean ended;

  SharedDatabase(AnnotatedClass first) {
    this.first = first;
  }

  /**
   * Takes a share in the database. The first starts it, while others wait; where that fails, the
   * next tries again.
   *
   * @throws io.github.ppgtest.PrismaPostgresException if it cannot be started
   */
  synchronized PrismaPostgresFixture enter() {
    PrismaPostgresFixture started = fixture;
    if (started == null) {
      started = DatabasePrefetcher.startShared(first, this::end);
      fixture = started;
    }
    users++;
    return started;
  }

  /** Gives a share back. */
  synchronized void leave(boolean hasFailed) {
    users--;
    failed = failed || hasFailed;
    deleteIfOver();
  }

  /** Ends the demand: no class is to come. */
  synchronized void end() {
    ended = true;
    deleteIfOver();
  }

  private void deleteIfOver() {
    PrismaPostgresFixture started = fixture;
    if (ended && users == 0 && started != null) {
      fixture = null;
      HeldDatabase.giveBack(started, failed);
    }
  }
}
