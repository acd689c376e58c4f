package io.github.ppgtest.cli.workspace;

import io.github.ppgtest.management.DatabaseStatus;
import io.github.ppgtest.management.Databases;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A database that is being restored. */
final class Restoration {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Databases databases;
  private final String id;

  Restoration(Databases databases, String id) {
    this.databases = databases;
    this.id = id;
  }

  /**
   * Waits until it is over.
   *
   * @return always {@link DatabaseStatus#READY}
   * @throws IllegalStateException if it has failed, or takes longer than a quarter of an hour
   */
  DatabaseStatus await() {
    DatabaseStatus outcome = outcome();
    if (outcome == DatabaseStatus.FAILURE) {
      throw new IllegalStateException(
          "Database %s could not be restored: its status is failure. Create another, and restore the backup to that with --to."
              .formatted(id));
    }
    return outcome;
  }

  private DatabaseStatus outcome() {
    try {
      return Awaitility.await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(INTERVAL)
          .until(
              () -> databases.get(id).status(),
              status -> status == DatabaseStatus.READY || status == DatabaseStatus.FAILURE);
    } catch (ConditionTimeoutException e) {
      throw new IllegalStateException(
          "Database %s is not ready %d minutes after its restoration began. It may still become so: if it does not, restore it again."
              .formatted(id, PATIENCE.toMinutes()),
          e);
    }
  }
}
