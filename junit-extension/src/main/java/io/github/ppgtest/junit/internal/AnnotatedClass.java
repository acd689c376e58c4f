package io.github.ppgtest.junit.internal;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.Isolation;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.junit.PrismaPostgres;
import io.github.ppgtest.spi.DatabaseSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test class with the annotation.
 *
 * @param testClass the class that is run, which may have inherited the annotation
 * @param annotation its annotation
 */
record AnnotatedClass(Class<?> testClass, PrismaPostgres annotation) {

  /** Finds the annotation of a class: its own, inherited or through another. */
  static Optional<AnnotatedClass> of(Class<?> testClass) {
    return AnnotationSupport.findAnnotation(testClass, PrismaPostgres.class)
        .map(annotation -> new AnnotatedClass(testClass, annotation));
  }

  /**
   * Returns the kind of database that this class would want alone: its settings are those of all
   * classes with the same annotation.
   *
   * @throws ConfigurationException if the annotation or a setting has an invalid value
   */
  DatabaseSpec ownSpec() {
    try {
      return DatabaseSpec.of(testClass, testClass.getName(), this::fixture);
    } catch (NoClassDefFoundError e) {
      // Already the supplier's type is a fixture.
      throw new ConfigurationException(withoutTestcontainers(e), e);
    }
  }

  /**
   * Returns the kind of database that this class wants.
   *
   * @param like that of a class with the same annotation
   */
  DatabaseSpec spec(DatabaseSpec like) {
    return like.isolation() == Isolation.RUN
        ? like.withSameSettings(SharedKey.of(this), testClass.getName(), this::sharedFixture)
        : like.withSameSettings(testClass, testClass.getName(), this::fixture);
  }

  /**
   * Creates the fixture of the database, not started yet.
   *
   * @throws io.github.ppgtest.ConfigurationException if the annotation has an invalid value
   */
  PrismaPostgresFixture fixture() {
    return fixture(testClass.getSimpleName());
  }

  /** Creates the fixture of several classes' database, as {@link #fixture()} does for one. */
  PrismaPostgresFixture sharedFixture() {
    return fixture("shared");
  }

  private PrismaPostgresFixture fixture(String label) {
    PrismaPostgresFixture.Builder builder =
        builder()
            // The same for all classes, as a run tells each choice of a provider once.
            .origin("@PrismaPostgres")
            .label(label)
            .classLoader(testClass.getClassLoader())
            .provider(annotation.provider())
            .isolation(annotation.isolation())
            .region(annotation.region())
            .projectId(annotation.projectId())
            .prismaMigrations(annotation.prismaMigrations())
            .flyway(annotation.flyway())
            .liquibase(annotation.liquibase())
            .scripts(annotation.scripts())
            .initializers(List.of(annotation.initializers()));
    if (annotation.connectionLimit() != PrismaPostgres.NOT_SET) {
      builder.connectionLimit(annotation.connectionLimit());
    }
    if (annotation.poolSize() != PrismaPostgres.NOT_SET) {
      builder.poolSize(annotation.poolSize());
    }
    if (annotation.keepOnFailure()) {
      builder.keepOnFailure(true);
    }
    return builder.build();
  }

  /** A fixture is a type of Testcontainers', and says itself what else is missing. */
  private static PrismaPostgresFixture.Builder builder() {
    try {
      return PrismaPostgresFixture.builder();
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(withoutTestcontainers(e), e);
    }
  }

  /** Returns a hint where a test failed because the class of a fixture could not be loaded. */
  static Optional<String> missingTestcontainers(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigurationException) {
        // It says so itself.
        return Optional.empty();
      }
      if (cause instanceof NoClassDefFoundError
          && "org/testcontainers/lifecycle/Startable".equals(cause.getMessage())) {
        return Optional.of(withoutTestcontainers(cause));
      }
    }
    return Optional.empty();
  }

  private static String withoutTestcontainers(Throwable failure) {
    return "Testcontainers is not on the class path (%s). ppgtest needs it also where no container is started, and brings it, so something in the build leaves it out: remove the exclusion, or add the dependency in the scope test: org.testcontainers:testcontainers (1.17.6 or newer)."
        .formatted(failure.getMessage());
  }
}
