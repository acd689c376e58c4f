package io.github.ppgtest.management.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait: the base doubled with each retry, up to the cap, and of that between a half and
 * the whole, by chance, so that many clients that failed together do not come back together.
 *
 * @param base the first wait before chance, more than zero
 * @param cap the longest wait, at least the base
 * @param random where chance comes from
 */
public record Backoff(Duration base, Duration cap, RandomGenerator random) {
  private static final int MOST_DOUBLINGS = 30;

  /** Checks the parts. */
  public Backoff {
    if (base.isNegative() || base.isZero()) {
      throw new IllegalArgumentException("the backoff's base must be more than zero: " + base);
    }
    if (cap.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "the backoff's cap must be at least its base: " + cap + " is less than " + base);
    }
  }

  /** The wait before a retry, of which the first is number 0. */
  Duration before(int retry) {
    // Past so many doublings every sensible base is over the cap, and a long would overflow.
    Duration doubled = base.multipliedBy(1L << Math.min(retry, MOST_DOUBLINGS));
    Duration whole = doubled.compareTo(cap) > 0 ? cap : doubled;
    long nanos = whole.toNanos();
    return Duration.ofNanos(nanos / 2 + (long) (random.nextDouble() * (nanos - nanos / 2)));
  }
}
