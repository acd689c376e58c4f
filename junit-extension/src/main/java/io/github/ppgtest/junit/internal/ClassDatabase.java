package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.PrismaPostgresFixture;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The database of one test class; JUnit closes it after the class, whatever happened in it: JUnit
 * before 5.13 as a {@link CloseableResource}, later as an {@link AutoCloseable}.
 */
public final class ClassDatabase implements CloseableResource, AutoCloseable {
  private final PrismaPostgresFixture fixture;
  private final ClassOutcome outcome;

  private ClassDatabase(PrismaPostgresFixture fixture, ClassOutcome outcome) {
    this.fixture = fixture;
    this.outcome = outcome;
    outcome.begin();
  }

  /**
   * Starts the database that an annotation asks for.
   *
   * @throws io.github.ppgtest.PrismaPostgresException if there is none to be had
   */
  public static ClassDatabase start(DatabaseOwner owner) {
    return new ClassDatabase(ClassesAhead.start(owner.annotated()), ClassOutcome.of(owner));
  }

  /** The database, until this is closed. */
  public PrismaPostgresDatabase database() {
    return fixture.database();
  }

  /** Deletes the database, unless it is to be kept because the class has failed. */
  @Override
  public void close() {
    try {
      if (outcome.end() && fixture.keepsOnFailure()) {
        fixture.keep();
      }
    } finally {
      fixture.stop();
    }
  }
}
