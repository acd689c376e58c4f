package io.github.ppgtest.benchmarks.leaks;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
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
            e -> System.out.println("LEAKS failure of " + finished.getDisplayName() + ": " + e));
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    System.out.println("LEAKS all ended");
  }

  private static void say(TestIdentifier test, String what) {
    if (test.isTest() || test.getSource().filter(ClassSource.class::isInstance).isPresent()) {
      System.out.println(
          "LEAKS " + (test.isTest() ? "test " : "class ") + what + " " + test.getDisplayName());
    }
  }
}
