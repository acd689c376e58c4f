package io.github.ppgtest.benchmarks.speed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** No database: the time of JUnit and the JVM alone. */
abstract class EmptyTemplate {
  @Test
  void visits(TestReporter reporter) {
    reporter.publishEntry(Shop.FIRST_ROW, Long.toString(System.nanoTime()));
  }
}
