package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.benchmarks.Samples;
import java.time.Duration;
import java.util.Locale;

/**
 * The verdict on a figure.
 *
 * @param figure the name, the value and the bound
 * @param kept whether the bound is kept
 */
record Verdict(String figure, boolean kept) {

  static Verdict atMost(String name, Line line, Duration limit) {
    return atMost(name, line.further().median(), limit);
  }

  static Verdict atMost(String name, Duration measured, Duration limit) {
    return new Verdict(
        "%s: %s ms, at most %s ms".formatted(name, Samples.millis(measured), Samples.millis(limit)),
        measured.compareTo(limit) <= 0);
  }

  static Verdict timesAtMost(String name, double measured, double limit) {
    return new Verdict(
        String.format(Locale.ROOT, "%s: %.2f times, at most %.2f", name, measured, limit),
        measured <= limit);
  }

  static Verdict timesAtLeast(String name, double measured, double limit) {
    return new Verdict(
        String.format(Locale.ROOT, "%s: %.1f times, at least %.0f", name, measured, limit),
        measured >= limit);
  }

  @Override
  public String toString() {
    return (kept ? "OK      " : "MISSED  ") + figure;
  }
}
