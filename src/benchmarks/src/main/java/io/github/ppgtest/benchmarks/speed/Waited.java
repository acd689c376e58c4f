package io.github.ppgtest.benchmarks.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one JVM's tests waited for.
 *
 * @param tests for each test in turn, from when it or its class began to its first row
 * @param firstRow from the start of the JVM to the first row of all
 * @param run from JUnit's first word to its last, so with all that is released behind
 */
record Waited(List<Duration> tests, Duration firstRow, Duration run) {
  static final String TEST = "waited-test";
  static final String FIRST_ROW = "waited-first-row";
  static final String RUN = "waited-run";

  Waited {
    tests = List.copyOf(tests);
  }

  /**
   * Reads what a JVM printed; lines of others are passed over.
   *
   * @param expected how many tests it had to run
   * @throws IllegalArgumentException if it did not measure exactly as many, or not all of it
   */
  static Waited parse(List<String> lines, int expected) {
    List<Duration> tests = values(lines, TEST);
    List<Duration> firstRow = values(lines, FIRST_ROW);
    List<Duration> run = values(lines, RUN);
    if (tests.size() != expected || firstRow.size() != 1 || run.size() != 1) {
      throw new IllegalArgumentException(
          "Of %d tests %d were measured, with %d times for the first row and %d for the run."
              .formatted(expected, tests.size(), firstRow.size(), run.size()));
    }
    return new Waited(tests, firstRow.get(0), run.get(0));
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
