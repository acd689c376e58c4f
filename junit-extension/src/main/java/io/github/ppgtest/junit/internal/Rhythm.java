package io.github.ppgtest.junit.internal;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * How many databases are to be prepared, as measured: how long one takes to be made, in relation to
 * how soon after another the next is wanted. Thread-safe.
 */
final class Rhythm {
  /** Both vary; who waits for a database waits longer than one costs that came too early. */
  private static final double MARGIN = 1.25;

  /** How much the latest counts. Of logarithms, so that one long test does not hide many short. */
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
  Rhythm(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Takes note that a test wants a database. */
  synchronized void wanted() {
    long now = nanoTime.getAsLong();
    if (begun) {
      logInterval = blended(logInterval, now - last);
    }
    begun = true;
    last = now;
  }

  /** Takes note that a test has got it: how long it waited says nothing of when it wants more. */
  synchronized void got() {
    last = nanoTime.getAsLong();
  }

  /** Takes note of how long one took to be made. */
  synchronized void made(long nanos) {
    logMaking = blended(logMaking, nanos);
  }

  private static double blended(double before, long nanos) {
    double latest = Math.log(Math.max(1, nanos));
    return Double.isNaN(before) ? latest : before + WEIGHT * (latest - before);
  }

  /**
   * Tells how many databases should be there or on their way, at least one; empty where that is not
   * known yet.
   */
  synchronized OptionalInt ahead() {
    double ratio = Math.exp(logMaking - logInterval);
    return Double.isNaN(ratio)
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.max(1, Math.ceil(MARGIN * ratio)));
  }

  /**
   * Tells how long may be waited with the next one, after a test has begun, so that it is there in
   * time: half of what the tests leave, and not long, as tests differ.
   */
  synchronized Duration pause() {
    double spare = Math.exp(logInterval) - MARGIN * Math.exp(logMaking);
    return Double.isNaN(spare) || spare <= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.min(spare / 2, LONGEST_PAUSE.toNanos()));
  }
}
