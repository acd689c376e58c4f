package io.github.ppgtest.junit.internal;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.Isolation;
import io.github.ppgtest.junit.PrismaPostgres;
import io.github.ppgtest.spi.DatabaseRun;
import io.github.ppgtest.spi.DatabaseSpec;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The test class that a database belongs to: the nearest around a test that carries the annotation,
 * itself, by inheritance or through another annotation.
 */
public final class DatabaseOwner {
  private static final Namespace NAMESPACE = Namespace.create(DatabaseOwner.class);
  private static final Namespace SKIPS = Namespace.create(DatabaseOwner.class, "skips");

  private final ExtensionContext context;
  private final AnnotatedClass annotated;

  private DatabaseOwner(ExtensionContext context, AnnotatedClass annotated) {
    this.context = context;
    this.annotated = annotated;
  }

  /** Returns JUnit's context of the class. */
  public ExtensionContext context() {
    return context;
  }

  /** Returns the class that is run, which may have inherited the annotation. */
  public Class<?> testClass() {
    return annotated.testClass();
  }

  /**
   * Returns the isolation of this class.
   *
   * @throws io.github.ppgtest.ConfigurationException if a setting is wrong
   */
  Isolation isolation() {
    return like().isolation();
  }

  /**
   * Returns the kind of database that this class wants.
   *
   * @throws io.github.ppgtest.ConfigurationException if a setting is wrong
   */
  DatabaseSpec spec() {
    return annotated.spec(like());
  }

  /** Resolved once in a run for all classes with the same annotation. */
  private DatabaseSpec like() {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            annotated.annotation(), key -> annotated.ownSpec(), DatabaseSpec.class);
  }

  /**
   * Returns why to skip a class that JUnit is about to run; empty where it is to run, for a method,
   * and where a setting is wrong, with which the class fails.
   */
  public static Optional<String> skipReason(ExtensionContext context) {
    if (!(context.getElement().orElse(null) instanceof Class<?>)) {
      return Optional.empty();
    }
    return find(context).filter(DatabaseOwner::isSkipped).flatMap(DatabaseOwner::skipReason);
  }

  /** Resolved once in a run for all classes with the same annotation, as most are not. */
  private boolean isSkipped() {
    return context
        .getRoot()
        .getStore(SKIPS)
        .getOrComputeIfAbsent(
            annotated.annotation(), key -> skipReason(this).isPresent(), Boolean.class);
  }

  private static Optional<String> skipReason(DatabaseOwner owner) {
    try {
      return DatabaseRun.skipReason(owner.annotated.fixture());
    } catch (ConfigurationException e) {
      // The class fails with it when its turn comes.
      return Optional.empty();
    }
  }

  /**
   * Finds the owner for a class or a method that JUnit runs.
   *
   * @throws ExtensionConfigurationException if there is none, or the annotation is elsewhere
   */
  public static DatabaseOwner of(ExtensionContext context) {
    AnnotatedElement element = context.getElement().orElseThrow();
    if (!(element instanceof Class<?>)
        && AnnotationSupport.isAnnotated(element, PrismaPostgres.class)) {
      throw new ExtensionConfigurationException(
          "@PrismaPostgres has come to "
              + element
              + " through another annotation, but it works on test classes only: each class has one"
              + " database, or with isolation METHOD each of its methods. Put it on "
              + context.getRequiredTestClass().getName()
              + ".");
    }
    return of(context, context.getRequiredTestClass());
  }

  /**
   * Finds the owner for the members of a class: a nested class sees its own database, and members
   * of the class around it see that one's.
   *
   * @throws ExtensionConfigurationException if there is none
   */
  public static DatabaseOwner of(ExtensionContext context, Class<?> declaring) {
    return find(context, declaring)
        .orElseThrow(
            () ->
                new ExtensionConfigurationException(
                    "PrismaPostgresExtension is registered for "
                        + context.getRequiredTestClass().getName()
                        + ", but neither this class nor one around it carries @PrismaPostgres. Put"
                        + " @PrismaPostgres on the test class; it registers the extension."));
  }

  /** Finds the owner for a class or a method that JUnit runs; empty where there is none. */
  static Optional<DatabaseOwner> find(ExtensionContext context) {
    // A dynamic test has no class, but those around it do.
    return context
        .getTestClass()
        .flatMap(testClass -> find(context, testClass))
        .or(() -> context.getParent().flatMap(DatabaseOwner::find));
  }

  private static Optional<DatabaseOwner> find(ExtensionContext context, Class<?> declaring) {
    boolean inside = false;
    for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
      if (!(at.getElement().orElse(null) instanceof Class<?> testClass)) {
        continue;
      }
      inside = inside || declaring.isAssignableFrom(testClass);
      AnnotatedClass annotated = AnnotatedClass.of(testClass).orElse(null);
      if (inside && annotated != null) {
        return Optional.of(new DatabaseOwner(at, annotated));
      }
    }
    return Optional.empty();
  }
}
