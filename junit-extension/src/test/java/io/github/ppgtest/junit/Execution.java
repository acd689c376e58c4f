package io.github.ppgtest.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** What came of running test cases in an engine of their own. */
final class Execution {
  private final EngineExecutionResults results;

  private Execution(EngineExecutionResults results) {
    this.results = results;
  }

  /** Runs all tests of these classes, one after the other. */
  static Execution of(Class<?>... testCases) {
    return run(false, testCases);
  }

  /** Runs all tests of these classes at once. */
  static Execution inParallelOf(Class<?>... testCases) {
    return run(true, testCases);
  }

  private static Execution run(boolean parallel, Class<?>... testCases) {
    ClassSelector[] selectors =
        Stream.of(testCases).map(c -> selectClass(c)).toArray(ClassSelector[]::new);
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(
                "junit.jupiter.execution.parallel.enabled", Boolean.toString(parallel))
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
            .selectors(selectors)
            .execute();
    return new Execution(results);
  }

  /** Asserts that so many tests ran and all passed. */
  Execution passed(int tests) {
    assertThat(failures()).isEmpty();
    results.testEvents().assertStatistics(s -> s.started(tests).succeeded(tests));
    results.containerEvents().assertStatistics(s -> s.failed(0).aborted(0));
    return this;
  }

  /** Returns the one failure that there was, of a class or a test. */
  Throwable onlyFailure() {
    assertThat(failures()).hasSize(1);
    return failures().get(0);
  }

  /** Returns how many tests were started. */
  long testsStarted() {
    return results.testEvents().started().count();
  }

  private List<Throwable> failures() {
    return Stream.concat(
            results.containerEvents().failed().stream(), results.testEvents().failed().stream())
        .map(Event::getPayload)
        .flatMap(payload -> payload.stream())
        .map(TestExecutionResult.class::cast)
        .flatMap(result -> result.getThrowable().stream())
        .toList();
  }
}
