package io.github.ppgtest.management.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter: the base doubled with each retry, up to the cap, and of that
 * between a half and the whole, by chance, so that clients that failed together do not retry
 * together.
 *
 * @param base the first wait before chance, more than zero
 * @param cap the longest wait, at least the base
 * @param random the source of randomness
 */
public record Backoff(Duration base, Duration cap, RandomGenerator random) {
  private static final int MOST_DOUBLINGS = 30;
  private static final int MOST_DOUBLINGS_OF_SPREAD = 3;

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
    long nanos = doubled(base, retry).toNanos();
    return Duration.ofNanos(nanos / 2 + (long) (random.nextDouble() * (nanos - nanos / 2)));
  }

  /**
   * Returns the jitter on a wait that was asked for: between nothing and that wait, or the base if
   * that is longer; doubled with the first retries only, lest a call that has waited long comes
   * after all that have just begun.
   */
  Duration spread(Duration asked, int retry) {
    Duration longer = asked.compareTo(base) < 0 ? base : asked;
    int doublings = Math.min(retry, MOST_DOUBLINGS_OF_SPREAD);
    return Duration.ofNanos((long) (random.nextDouble() * doubled(longer, doublings).toNanos()));
  }

  private Duration doubled(Duration once, int times) {
    // Past so many doublings every sensible wait is over the cap, and a long would overflow.
    Duration doubled = once.multipliedBy(1L << Math.min(times, MOST_DOUBLINGS));
    return doubled.compareTo(cap) > 0 ? cap : doubled;
  }
}
