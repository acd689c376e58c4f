package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.spi.OwnedDatabase;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The database of a test class or a test method, or its share in one of all classes; JUnit closes
 * it afterwards in any case: JUnit before 5.13 as a {@link CloseableResource}, later as an {@link
 * AutoCloseable}.
 */
final class HeldDatabase implements CloseableResource, AutoCloseable {
  private final OwnedDatabase owned;
  private final Outcome outcome;

  /**
   * Holds a database that is started.
   *
   * @param outcome the outcome of its owner
   */
  HeldDatabase(OwnedDatabase owned, Outcome outcome) {
    this.owned = owned;
    this.outcome = outcome;
  }

  /** The database, until this is closed. */
  PrismaPostgresDatabase database() {
    return owned.database();
  }

  @Override
  public void close() {
    owned.release(outcome.end());
  }
}
