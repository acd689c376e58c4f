package io.github.ppgtest.junit.internal;

import io.github.ppgtest.PrismaPostgresFixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Follows test runs, to know which classes are still to come, and which have failed. JUnit's
 * launcher finds this listener by itself; where somebody runs an engine without a launcher, nothing
 * is prepared ahead.
 */
public final class RunListener implements TestExecutionListener {
  private final Map<TestPlan, ClassesAhead> runs = new ConcurrentHashMap<>();

  /** Creates the listener; JUnit does. */
  public RunListener() {}

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    List<AnnotatedClass> classes =
        plan.getRoots().stream()
            .flatMap(root -> withDescendants(plan, root))
            .flatMap(test -> testClass(test).stream())
            .flatMap(testClass -> AnnotatedClass.of(testClass).stream())
            .toList();
    runs.put(plan, ClassesAhead.begin(classes));
  }

  /** In the order in which JUnit runs them: methods of a class before those nested in it. */
  private static Stream<TestIdentifier> withDescendants(TestPlan plan, TestIdentifier test) {
    return Stream.concat(
        Stream.of(test),
        plan.getChildren(test).stream().flatMap(child -> withDescendants(plan, child)));
  }

  private static Optional<Class<?>> testClass(TestIdentifier test) {
    return test.getSource()
        .filter(ClassSource.class::isInstance)
        .map(source -> ((ClassSource) source).getJavaClass());
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    passed(test);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    passed(test);
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      testClassOf(test).ifPresent(ClassOutcome::failedIn);
    }
  }

  /** The class that a test or container is in, or is. */
  private static Optional<Class<?>> testClassOf(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .<Class<?>>map(source -> ((MethodSource) source).getJavaClass())
        .or(() -> testClass(test));
  }

  /** With all classes inside it: of those JUnit tells nothing where it leaves out the outer one. */
  private void passed(TestIdentifier test) {
    if (test.isContainer()) {
      runs.keySet().stream()
          .flatMap(plan -> withDescendants(plan, test))
          .flatMap(inside -> testClass(inside).stream())
          .forEach(ClassesAhead::passed);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    ClassesAhead run = runs.remove(plan);
    try (run) {
      // The end of the JVM would say so too, when Surefire shows no output any more.
      PrismaPostgresFixture.reportUndeleted();
    }
  }
}
