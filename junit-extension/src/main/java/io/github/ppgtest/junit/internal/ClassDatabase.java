package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.junit.PrismaPostgres;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The database of one test class; JUnit closes it after the class, whatever happened in it: JUnit
 * before 5.13 as a {@link CloseableResource}, later as an {@link AutoCloseable}.
 */
public final class ClassDatabase implements CloseableResource, AutoCloseable {
  private final PrismaPostgresFixture fixture;

  private ClassDatabase(PrismaPostgresFixture fixture) {
    this.fixture = fixture;
  }

  /**
   * Starts the database that an annotation asks for.
   *
   * @throws io.github.ppgtest.PrismaPostgresException if there is none to be had
   */
  public static ClassDatabase start(DatabaseOwner owner) {
    PrismaPostgresFixture fixture = fixture(owner.testClass(), owner.annotation());
    fixture.start();
    return new ClassDatabase(fixture);
  }

  private static PrismaPostgresFixture fixture(Class<?> testClass, PrismaPostgres annotation) {
    PrismaPostgresFixture.Builder builder =
        PrismaPostgresFixture.builder()
            .label(testClass.getSimpleName())
            .classLoader(testClass.getClassLoader())
            .provider(annotation.provider())
            .region(annotation.region())
            .projectId(annotation.projectId())
            .scripts(annotation.scripts());
    if (annotation.connectionLimit() != PrismaPostgres.NOT_SET) {
      builder.connectionLimit(annotation.connectionLimit());
    }
    if (annotation.poolSize() != PrismaPostgres.NOT_SET) {
      builder.poolSize(annotation.poolSize());
    }
    return builder.build();
  }

  /** The database, until this is closed. */
  public PrismaPostgresDatabase database() {
    return fixture.database();
  }

  @Override
  public void close() {
    fixture.stop();
  }
}
