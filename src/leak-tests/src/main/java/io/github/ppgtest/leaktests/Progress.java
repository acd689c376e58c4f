package io.github.ppgtest.leaktests;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints how far a victim has come. Thread-safe. */
final class Progress implements TestExecutionListener {
  @Override
  public void executionStarted(TestIdentifier started) {
    say(started, "begins");
  }

  @Override
  public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
    say(finished, "ended");
    result
        .getThrowable()
        .ifPresent(
            e ->
                System.out.println(
                    "LEAKS failure of %s %s: %s"
                        .formatted(className(finished), finished.getDisplayName(), e)));
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    System.out.println("LEAKS all ended");
  }

  /** Without its package, as classes are called when they begin. */
  private static String className(TestIdentifier test) {
    String name =
        test.getSource()
            .map(
                source ->
                    source instanceof MethodSource method
                        ? method.getClassName()
                        : source instanceof ClassSource type ? type.getClassName() : "")
            .orElse("");
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static void say(TestIdentifier test, String what) {
    if (test.isTest() || test.getSource().filter(ClassSource.class::isInstance).isPresent()) {
      System.out.println(
          "LEAKS " + (test.isTest() ? "test " : "class ") + what + " " + test.getDisplayName());
    }
  }
}
