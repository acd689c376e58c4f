package io.github.ppgtest.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** What came of a run by JUnit's launcher. */
final class Summaries {
  private Summaries() {}

  /** Asserts that nothing failed and that so many tests passed. */
  static void assertPassed(TestExecutionSummary summary, int tests) {
    StringWriter failures = new StringWriter();
    summary.printFailuresTo(new PrintWriter(failures));
    assertThat(failures.toString()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(tests);
  }
}
