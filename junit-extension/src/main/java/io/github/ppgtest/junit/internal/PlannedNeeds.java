package io.github.ppgtest.junit.internal;

import io.github.ppgtest.ConfigurationException;
import io.github.ppgtest.Isolation;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
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

/** Reads from JUnit's plan what databases its classes and methods will want. For one thread. */
final class PlannedNeeds {
  private final TestPlan plan;
  private final Map<Object, Need> needs = new LinkedHashMap<>();
  private final Map<String, Need> byId = new HashMap<>();

  /** Most classes of a run ask for the same. */
  private final Map<PrismaPostgres, Optional<Terms>> terms = new HashMap<>();

  /** What follows from an annotation and the settings. */
  private record Terms(Isolation isolation, Provider provider, int mostAhead) {}

  private PlannedNeeds(TestPlan plan) {
    this.plan = plan;
  }

  /** Reads a plan, in the order in which JUnit runs it. */
  static PlannedNeeds of(TestPlan plan) {
    PlannedNeeds planned = new PlannedNeeds(plan);
    plan.getRoots().forEach(root -> planned.add(root, null));
    return planned;
  }

  /** What is wanted, by what tells it from others: a class, or what classes share. */
  Map<Object, Need> needs() {
    return needs;
  }

  /** The same, by the unique ids of classes and methods. */
  Map<String, Need> byId() {
    return byId;
  }

  /**
   * Adds a test or container, with all inside it.
   *
   * @param around the need of the class around it that carries the annotation
   */
  private void add(TestIdentifier test, @Nullable Need around) {
    Optional<AnnotatedClass> annotated =
        test.getSource()
            .filter(ClassSource.class::isInstance)
            .flatMap(source -> AnnotatedClass.of(((ClassSource) source).getJavaClass()));
    Need need = annotated.isPresent() ? needOf(annotated.get()) : around;
    if (need != null && annotated.isPresent()) {
      need.addClass(test.getUniqueId());
      byId.put(test.getUniqueId(), need);
    } else if (need != null
        && need.isolation() == Isolation.METHOD
        && test.getSource().orElse(null) instanceof MethodSource method) {
      need.addMethod(test.getUniqueId(), test.isContainer() && !isFactory(method));
      byId.put(test.getUniqueId(), need);
    }
    plan.getChildren(test).forEach(child -> add(child, need));
  }

  private @Nullable Need needOf(AnnotatedClass wanting) {
    Terms known = terms.computeIfAbsent(wanting.annotation(), key -> termsOf(wanting)).orElse(null);
    return known == null
        ? null
        : needs.computeIfAbsent(
            key(wanting, known.isolation()),
            key -> new Need(wanting, known.isolation(), known.provider(), known.mostAhead()));
  }

  /** Returns what tells a need from others. */
  static Object key(AnnotatedClass wanting, Isolation isolation) {
    return isolation == Isolation.RUN ? SharedKey.of(wanting) : wanting.testClass();
  }

  private static Optional<Terms> termsOf(AnnotatedClass wanting) {
    try {
      PrismaPostgresFixture fixture = wanting.fixture();
      return Optional.of(new Terms(fixture.isolation(), fixture.provider(), fixture.mostAhead()));
    } catch (ConfigurationException | SkippedException e) {
      // The class fails with it, or is skipped, when its turn comes.
      return Optional.empty();
    }
  }

  private static boolean isFactory(MethodSource method) {
    try {
      return AnnotationSupport.isAnnotated(method.getJavaMethod(), TestFactory.class);
    } catch (JUnitException e) {
      // Another engine's, whose methods need not be Java's.
      return false;
    }
  }
}
