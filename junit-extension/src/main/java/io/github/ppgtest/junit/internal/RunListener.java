package io.github.ppgtest.junit.internal;

import io.github.ppgtest.emulator.UserLog;
import io.github.ppgtest.spi.DatabaseRun;
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
 * Follows test runs: the tests still to come, and failures. JUnit's launcher finds this listener by
 * itself; an engine that runs without a launcher has no prefetching.
 */
public final class RunListener implements TestExecutionListener {
  private static final UserLog log = UserLog.of("io.github.ppgtest");

  private final Map<TestPlan, DatabaseRun> runs = new ConcurrentHashMap<>();

  /** Called by JUnit. */
  public RunListener() {}

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    runs.put(plan, JUnitRuns.begin(DatabasesOfPlan.of(plan)));
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    JUnitRuns.tell(run -> run.started(test.getUniqueId()));
  }

  @Override
  public void dynamicTestRegistered(TestIdentifier test) {
    test.getParentId().ifPresent(id -> JUnitRuns.tell(run -> run.repeated(id)));
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    over(test);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      testClassOf(test).ifPresent(Outcome::failedIn);
      result.getThrowable().flatMap(RunListener::hint).ifPresent(hint -> log.warn("{}", hint));
    }
    over(test);
  }

  private static Optional<String> hint(Throwable failure) {
    return InjectedParameter.forgottenAnnotation(failure)
        .or(() -> AnnotatedClass.missingTestcontainers(failure));
  }

  /** Returns the class that a test or container is in, or is. */
  private static Optional<Class<?>> testClassOf(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .<Class<?>>map(source -> ((MethodSource) source).getJavaClass())
        .or(
            () ->
                test.getSource()
                    .filter(ClassSource.class::isInstance)
                    .map(source -> ((ClassSource) source).getJavaClass()));
  }

  /**
   * Marks it and its content as over: JUnit reports none of them where it leaves out the outer one.
   */
  private void over(TestIdentifier test) {
    if (test.isTest()) {
      JUnitRuns.tell(run -> run.over(test.getUniqueId()));
      return;
    }
    runs.keySet().stream()
        .flatMap(plan -> withDescendants(plan, test))
        .map(TestIdentifier::getUniqueId)
        .forEach(id -> JUnitRuns.tell(run -> run.over(id)));
  }

  private static Stream<TestIdentifier> withDescendants(TestPlan plan, TestIdentifier test) {
    return Stream.concat(
        Stream.of(test),
        plan.getChildren(test).stream().flatMap(child -> withDescendants(plan, child)));
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    Optional.ofNullable(runs.remove(plan)).ifPresent(RunListener::end);
  }

  /** The end of the JVM would report what is left too, when Surefire shows no output any more. */
  private static void end(DatabaseRun run) {
    try {
      JUnitRuns.end(run);
    } catch (NoClassDefFoundError e) {
      // Each class that wants a database has failed with it.
      log.debug("Without Testcontainers there was no fixture", e);
    }
  }
}
