package io.github.ppgtest.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Several measurements of the same duration.
 *
 * @param sorted the shortest first
 */
public record Samples(List<Duration> sorted) {
  public Samples {
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("There is no median of nothing.");
    }
    sorted = sorted.stream().sorted().toList();
  }

  /** Returns the middle one; of an even number the mean of the two in the middle. */
  public Duration median() {
    int size = sorted.size();
    return sorted.get((size - 1) / 2).plus(sorted.get(size / 2)).dividedBy(2);
  }

  /** Returns the duration that a percentage of all stays at or below. */
  public Duration percentile(int percent) {
    return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
  }

  /** Returns the ratio of this median to another. */
  String times(Samples others) {
    double ratio = (double) median().toNanos() / others.median().toNanos();
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** Returns the median and the extremes, in milliseconds. */
  @Override
  public String toString() {
    return "%s ms (%s to %s)"
        .formatted(millis(median()), millis(sorted.get(0)), millis(sorted.get(sorted.size() - 1)));
  }

  /** Returns whole milliseconds, and tenths below ten. */
  public static String millis(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    return String.format(Locale.ROOT, Math.abs(millis) < 10 ? "%.1f" : "%.0f", millis);
  }
}
