package io.github.ppgtest.benchmarks;

import java.time.Duration;

/**
 * The upper bound of a duration.
 *
 * @param name its name
 * @param limit the longest median that is still good
 */
record Bound(String name, Duration limit) {
  static final Bound FIRST_CLASS = new Bound("first class", Duration.ofSeconds(1));
  static final Bound FURTHER_CLASS = new Bound("each further class", Duration.ofMillis(60));
  static final Bound CLOSE = new Bound("JVM close added", Duration.ofMillis(500));

  boolean keptBy(Samples samples) {
    return samples.median().compareTo(limit) <= 0;
  }

  /** Returns a line such as {@code first class <= 1000 ms: 780 ms OK}. */
  String verdict(Samples samples) {
    return "%s <= %d ms: %s ms %s"
        .formatted(
            name,
            limit.toMillis(),
            Samples.millis(samples.median()),
            keptBy(samples) ? "OK" : "TOO SLOW");
  }
}
