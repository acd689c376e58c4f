package io.github.ppgtest.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.stream.Stream;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The result of test cases run with JUnit's launcher, which has the plan that the extension reads.
 */
record LauncherRun(TestExecutionSummary summary) {

  /** Runs all tests of these classes, one after the other. */
  static LauncherRun of(Class<?>... testCases) {
    return run(false, testCases);
  }

  /** Runs these classes at once, the tests of each one after the other. */
  static LauncherRun inParallelOf(Class<?>... testCases) {
    return run(true, testCases);
  }

  private static LauncherRun run(boolean parallel, Class<?>... testCases) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    Stream.of(testCases).map(c -> selectClass(c)).toArray(ClassSelector[]::new))
                .configurationParameter(
                    "junit.jupiter.execution.parallel.enabled", Boolean.toString(parallel))
                .configurationParameter(
                    "junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .build(),
            listener);
    return new LauncherRun(listener.getSummary());
  }

  /** Asserts that so many tests ran and all passed. */
  LauncherRun passed(int tests) {
    Summaries.assertPassed(summary, tests);
    return this;
  }
}
