package io.github.ppgtest.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The times of one JVM.
 *
 * @param firstRows for each test class in turn, from its beginning to the first row read
 * @param ends for each test class, from there until it was over
 * @param close from the end of the last test until the JVM was gone
 */
record Measurement(List<Duration> firstRows, List<Duration> ends, Duration close) {
  private static final String CLASS = "measured-class";
  private static final String LAST_TEST = "measured-last-test";

  Measurement {
    firstRows = List.copyOf(firstRows);
    ends = List.copyOf(ends);
    if (firstRows.isEmpty() || firstRows.size() != ends.size()) {
      throw new IllegalArgumentException(
          "A measurement needs a test class, and of each both times: " + firstRows + ", " + ends);
    }
  }

  static String classLine(long nanosToFirstRow, long nanosToEnd) {
    return CLASS + " " + nanosToFirstRow + " " + nanosToEnd;
  }

  static String lastTestLine(Instant ended) {
    return LAST_TEST + " " + ended;
  }

  /**
   * Reads a JVM's output; other lines are ignored.
   *
   * @param gone when the JVM was gone
   */
  static Measurement parse(List<String> lines, Instant gone) {
    List<Duration> firstRows = new ArrayList<>();
    List<Duration> ends = new ArrayList<>();
    Duration close = null;
    for (String line : lines) {
      String[] words = line.split(" ");
      if (words[0].equals(CLASS)) {
        firstRows.add(Duration.ofNanos(Long.parseLong(words[1])));
        ends.add(Duration.ofNanos(Long.parseLong(words[2])));
      } else if (words[0].equals(LAST_TEST)) {
        close = Duration.between(Instant.parse(words[1]), gone);
      }
    }
    if (close == null) {
      throw new IllegalArgumentException("The JVM did not print when its last test ended.");
    }
    return new Measurement(firstRows, ends, close);
  }
}
