package io.github.ppgtest.junit.internal;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Estimates from measurements how many databases to prefetch: the time to make one, in relation to
 * the interval between requests. Thread-safe.
 */
final class DemandEstimator {
  /** Both vary, and a wait for a database costs more than one that was made too early. */
  private static final double MARGIN = 1.25;

  /**
   * The weight of the latest measurement, of logarithms, so that one long test does not hide many
   * short.
   */
  private static final double WEIGHT = 0.25;

  /** A test has read its first rows by then. */
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

  private final LongSupplier nanoTime;

  // All four guarded by this.
  private double logMaking = Double.NaN;
  private double logInterval = Double.NaN;
  private boolean begun;
  private long last;

  /**
   * Begins to measure.
   *
   * @param nanoTime such as {@link System#nanoTime}
   */
  DemandEstimator(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Records that a test requests a database. */
  synchronized void wanted() {
    long now = nanoTime.getAsLong();
    if (begun) {
      logInterval = blended(logInterval, now - last);
    }
    begun = true;
    last = now;
  }

  /** Records that a test has got it: the wait says nothing of the next request. */
  synchronized void got() {
    last = nanoTime.getAsLong();
  }

  /** Records how long one took to be made. */
  synchronized void made(long nanos) {
    logMaking = blended(logMaking, nanos);
  }

  private static double blended(double before, long nanos) {
    double latest = Math.log(Math.max(1, nanos));
    return Double.isNaN(before) ? latest : before + WEIGHT * (latest - before);
  }

  /**
   * Returns how many databases should be ready or being made, at least one; empty where that is not
   * known yet.
   */
  synchronized OptionalInt prefetcher() {
    double ratio = Math.exp(logMaking - logInterval);
    return Double.isNaN(ratio)
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.max(1, Math.ceil(MARGIN * ratio)));
  }

  /**
   * Returns how long the next one may wait after a test has begun and still be in time: half of the
   * tests' slack, and not long, as tests differ.
   */
  synchronized Duration pause() {
    double spare = Math.exp(logInterval) - MARGIN * Math.exp(logMaking);
    return Double.isNaN(spare) || spare <= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.min(spare / 2, LONGEST_PAUSE.toNanos()));
  }
}
