package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.benchmarks.JvmRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The waits of one JVM's tests.
 *
 * @param tests for each test in turn, from when it or its class began to its first row
 * @param firstRow from the start of the JVM to the first row of all
 * @param jvm from the start of the JVM until it was gone, so with all clean-up
 */
record Waited(List<Duration> tests, Duration firstRow, Duration jvm) {
  static final String TEST = "waited-test";
  static final String FIRST_ROW = "waited-first-row";

  Waited {
    tests = List.copyOf(tests);
  }

  /**
   * Reads a JVM's output; other lines are ignored.
   *
   * @param expected how many tests it had to run
   * @throws IllegalArgumentException if it did not measure exactly as many
   */
  static Waited read(JvmRun run, int expected) {
    List<Duration> tests = values(run.lines(), TEST);
    List<Duration> firstRow = values(run.lines(), FIRST_ROW);
    if (tests.size() != expected || firstRow.size() != 1) {
      throw new IllegalArgumentException(
          "Of %d tests %d were measured, and %d first rows."
              .formatted(expected, tests.size(), firstRow.size()));
    }
    return new Waited(tests, firstRow.get(0), Duration.between(run.began(), run.gone()));
  }

  /** Returns the first test's wait. */
  Duration first() {
    return tests.get(0);
  }

  /** Returns each further test's wait. */
  List<Duration> further() {
    return tests.subList(1, tests.size());
  }

  private static List<Duration> values(List<String> lines, String what) {
    List<Duration> values = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ");
      if (words[0].equals(what)) {
        values.add(Duration.ofNanos(Long.parseLong(words[1])));
      }
    }
    return values;
  }
}
