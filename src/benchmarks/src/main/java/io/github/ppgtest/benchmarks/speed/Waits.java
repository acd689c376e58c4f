package io.github.ppgtest.benchmarks.speed;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Prints how long each test waited for its first row. JUnit reports a beginning before it calls any
 * extension, so that the time for the database is included. The first test of a class has waited
 * since its class began, each further one since it began itself. Thread-safe.
 */
final class Waits implements TestExecutionListener {
  private final PrintStream out;
  private final Instant jvmBegan;

  /** When each class or test began; a class only until its first test begins. */
  private final Map<String, Long> began = new HashMap<>();

  private boolean rowSeen;
  private @Nullable Throwable failure;

  Waits(PrintStream out, Instant jvmBegan) {
    this.out = out;
    this.jvmBegan = jvmBegan;
  }

  @Override
  public synchronized void executionStarted(TestIdentifier started) {
    Long since = System.nanoTime();
    if (started.isTest()) {
      Long classBegan = began.remove(started.getParentId().orElseThrow());
      since = classBegan == null ? since : classBegan;
    }
    began.put(started.getUniqueId(), since);
  }

  @Override
  public synchronized void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    long row = Long.parseLong(entry.getKeyValuePairs().get(Shop.FIRST_ROW));
    if (!rowSeen) {
      rowSeen = true;
      Duration sinceRow = Duration.ofNanos(System.nanoTime() - row);
      print(Waited.FIRST_ROW, Duration.between(jvmBegan, Instant.now()).minus(sinceRow).toNanos());
    }
    print(Waited.TEST, row - began.get(test.getUniqueId()));
  }

  @Override
  public synchronized void executionFinished(TestIdentifier finished, TestExecutionResult result) {
    // JUnit would only log what a listener throws.
    if (failure == null) {
      failure = result.getThrowable().orElse(null);
    }
  }

  /** Returns the exception of the first class or test to fail; null if there was none. */
  synchronized @Nullable Throwable failure() {
    return failure;
  }

  private void print(String what, long nanos) {
    out.println(what + " " + nanos);
  }
}
