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

/** The demand of a test run, read from JUnit's plan of classes and methods. For one thread. */
final class PlannedNeeds {
  private final TestPlan plan;
  private final Map<Object, Need> needs = new LinkedHashMap<>();
  private final Map<String, Need> byId = new HashMap<>();

  /** Most classes of a run have the same annotation. */
  private final Map<PrismaPostgres, Optional<Terms>> terms = new HashMap<>();

  /** The result of an annotation and the settings. */
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

  /** Returns the demands by their keys: a class, or the terms that classes share. */
  Map<Object, Need> needs() {
    return needs;
  }

  /** Returns the same by the unique ids of classes and methods. */
  Map<String, Need> byId() {
    return byId;
  }

  /**
   * Adds a test or container, with all inside it.
   *
   * @param around the demand of the annotated class around it
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

  /** Returns the key of a demand. */
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
      // A test of another engine; its methods need not be Java's.
      return false;
    }
  }
}
