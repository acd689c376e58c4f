package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.PrismaPostgresFixture;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The database of a test class or a test method, or its share in one of all classes; JUnit closes
 * it afterwards in any case: JUnit before 5.13 as a {@link CloseableResource}, later as an {@link
 * AutoCloseable}.
 */
final class HeldDatabase implements CloseableResource, AutoCloseable {
  private final PrismaPostgresFixture fixture;
  private final Outcome outcome;
  private final Consumer<Boolean> ending;

  /**
   * Holds a database that is started.
   *
   * @param outcome the outcome of its owner
   * @param ending takes in the end whether that has failed
   */
  HeldDatabase(PrismaPostgresFixture fixture, Outcome outcome, Consumer<Boolean> ending) {
    this.fixture = fixture;
    this.outcome = outcome;
    this.ending = ending;
  }

  /** The database, until this is closed. */
  PrismaPostgresDatabase database() {
    return fixture.database();
  }

  @Override
  public void close() {
    ending.accept(outcome.end());
  }

  /** Deletes a database in the background, unless it is to be kept for a failure. */
  static void giveBack(PrismaPostgresFixture fixture, boolean failed) {
    try {
      if (failed && fixture.keepsOnFailure()) {
        fixture.keep();
      }
    } finally {
      fixture.stopBehind();
    }
  }
}
