package io.github.ppgtest.junit.internal;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.Isolation;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.SkippedException;
import io.github.ppgtest.junit.PrismaPostgres;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

/** The demand of a test run, read from JUnit's plan of classes and methods. For one thread. */
final class PlannedDemand {
  private final TestPlan plan;
  private final Map<Object, DatabaseDemand> demands = new LinkedHashMap<>();
  private final Map<String, DatabaseDemand> byId = new HashMap<>();

  /** Most classes of a run have the same annotation. */
  private final Map<PrismaPostgres, Optional<Terms>> terms = new HashMap<>();

  /** The result of an annotation and the settings. */
  private record Terms(Isolation isolation, boolean isRemote, int mostAhead) {}

  private PlannedDemand(TestPlan plan) {
    this.plan = plan;
  }

  /** Reads a plan, in the order in which JUnit runs it. */
  static PlannedDemand of(TestPlan plan) {
    PlannedDemand planned = new PlannedDemand(plan);
    plan.getRoots().forEach(root -> planned.add(root, null));
    return planned;
  }

  /** Returns the demands by their keys: a class, or the terms that classes share. */
  Map<Object, DatabaseDemand> demands() {
    return demands;
  }

  /** Returns the same by the unique ids of classes and methods. */
  Map<String, DatabaseDemand> byId() {
    return byId;
  }

  /**
   * Adds a test or container, with all inside it.
   *
   * @param around the demand of the annotated class around it
   */
  private void add(TestIdentifier test, @Nullable DatabaseDemand around) {
    Optional<AnnotatedClass> annotated =
        test.getSource()
            .filter(ClassSource.class::isInstance)
            .flatMap(source -> AnnotatedClass.of(((ClassSource) source).getJavaClass()));
    DatabaseDemand demand = annotated.isPresent() ? needOf(annotated.get()) : around;
    if (demand != null && annotated.isPresent()) {
      demand.addClass(test.getUniqueId());
      byId.put(test.getUniqueId(), demand);
    } else if (demand != null
        && demand.isolation() == Isolation.METHOD
        && test.getSource().orElse(null) instanceof MethodSource method) {
      demand.addMethod(test.getUniqueId(), test.isContainer() && !isFactory(method));
      byId.put(test.getUniqueId(), demand);
    }
    plan.getChildren(test).forEach(child -> add(child, demand));
  }

  private @Nullable DatabaseDemand needOf(AnnotatedClass wanting) {
    Terms known = terms.computeIfAbsent(wanting.annotation(), key -> termsOf(wanting)).orElse(null);
    return known == null
        ? null
        : demands.computeIfAbsent(
            key(wanting, known.isolation()),
            key ->
                new DatabaseDemand(
                    wanting, known.isolation(), known.isRemote(), known.mostAhead()));
  }

  /** Returns the key of a demand. */
  static Object key(AnnotatedClass wanting, Isolation isolation) {
    return isolation == Isolation.RUN ? SharedKey.of(wanting) : wanting.testClass();
  }

  private static Optional<Terms> termsOf(AnnotatedClass wanting) {
    try {
      PrismaPostgresFixture fixture = wanting.fixture();
      return Optional.of(new Terms(fixture.isolation(), fixture.isRemote(), fixture.mostAhead()));
    } catch (ConfigurationException | SkippedException e) {
      // The class fails with it, or is skipped, when its turn comes.
      return Optional.empty();
    }
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
