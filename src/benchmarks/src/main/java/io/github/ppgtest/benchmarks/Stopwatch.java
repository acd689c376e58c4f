package io.github.ppgtest.benchmarks;

import java.io.PrintStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints when a test class began, read its first row and was over. JUnit reports the beginning of a
 * class before it calls any extension, so that the time for the database is included. For a run in
 * one thread.
 */
final class Stopwatch implements TestExecutionListener {
  private final PrintStream out;
  private long classBegan;
  private long firstRow;
  private Instant lastTestEnded = Instant.MIN;
  private @Nullable Throwable failure;

  Stopwatch(PrintStream out) {
    this.out = out;
  }

  @Override
  public void executionStarted(TestIdentifier started) {
    if (isClass(started)) {
      classBegan = System.nanoTime();
    }
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    firstRow = Long.parseLong(entry.getKeyValuePairs().get(FirstRow.REPORTED_AS));
  }

  @Override
  public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
    // JUnit would only log what a listener throws.
    if (failure == null) {
      failure = result.getThrowable().orElse(null);
    }
    if (finished.isTest()) {
      lastTestEnded = Instant.now();
    } else if (isClass(finished)) {
      long over = System.nanoTime();
      out.println(Measurement.classLine(firstRow - classBegan, over - firstRow));
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    out.println(Measurement.lastTestLine(lastTestEnded));
  }

  /** Returns the exception of the first class or test to fail; null if there was none. */
  @Nullable Throwable failure() {
    return failure;
  }

  private static boolean isClass(TestIdentifier test) {
    return test.getSource().filter(ClassSource.class::isInstance).isPresent();
  }
}
