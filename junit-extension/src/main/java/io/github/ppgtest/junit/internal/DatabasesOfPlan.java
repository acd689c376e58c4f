package io.github.ppgtest.junit.internal;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.junit.PrismaPostgres;
import io.github.ppgtest.spi.DatabasePlan;
import io.github.ppgtest.spi.DatabaseSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Reads JUnit's plan of classes and methods, in the order in which they run. For one thread. */
final class DatabasesOfPlan {
  private final TestPlan plan;
  private final DatabasePlan.Builder planned = DatabasePlan.builder();

  /** Most classes of a run have the same annotation. */
  private final Map<PrismaPostgres, DatabaseSpec> specs = new HashMap<>();

  private DatabasesOfPlan(TestPlan plan) {
    this.plan = plan;
  }

  static DatabasePlan of(TestPlan plan) {
    DatabasesOfPlan reading = new DatabasesOfPlan(plan);
    plan.getRoots().forEach(root -> reading.add(root, null));
    return reading.planned.build();
  }

  /**
   * Adds a test or container, with all inside it.
   *
   * @param around the kind of database of the annotated class around it
   */
  private void add(TestIdentifier test, @Nullable DatabaseSpec around) {
    Optional<AnnotatedClass> annotated =
        test.getSource()
            .filter(ClassSource.class::isInstance)
            .flatMap(source -> AnnotatedClass.of(((ClassSource) source).getJavaClass()));
    DatabaseSpec spec = annotated.isPresent() ? specOf(annotated.get()) : around;
    if (spec != null && annotated.isPresent()) {
      planned.addGroup(spec, test.getUniqueId());
    } else if (spec != null && test.getSource().orElse(null) instanceof MethodSource method) {
      planned.addTest(spec, test.getUniqueId(), test.isContainer() && !isFactory(method));
    }
    plan.getChildren(test).forEach(child -> add(child, spec));
  }

  private @Nullable DatabaseSpec specOf(AnnotatedClass wanting) {
    try {
      return wanting.spec(like(wanting));
    } catch (ConfigurationException e) {
      // The class fails with it when its turn comes.
      return null;
    }
  }

  private DatabaseSpec like(AnnotatedClass wanting) {
    DatabaseSpec like = specs.get(wanting.annotation());
    if (like == null) {
      like = wanting.ownSpec();
      specs.put(wanting.annotation(), like);
    }
    return like;
  }

  private static boolean isFactory(MethodSource method) {
    try {
      return AnnotationSupport.isAnnotated(method.getJavaMethod(), TestFactory.class);
    } catch (JUnitException e) {
      // A test of another engine; its methods need not be Java's.
      return false;
    }
  }
}
