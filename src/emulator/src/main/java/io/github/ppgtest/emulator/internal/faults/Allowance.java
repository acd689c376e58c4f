package io.github.ppgtest.emulator.internal.faults;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The token bucket of requests that a fault spares, refilled evenly.
 *
 * @param requests the bucket's capacity; 0 for a fault that spares none
 * @param per how long it takes to fill, more than zero
 */
public record Allowance(int requests, Duration per) {
  /** Spares none. */
  public static final Allowance NONE = new Allowance(0, Duration.ofSeconds(1));

  public Allowance {
    if (requests < 0) {
      throw new IllegalArgumentException(
          "A fault cannot spare %d requests; 0 or more.".formatted(requests));
    }
    if (per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException(
          "Requests are spared per %s; it must be more than zero.".formatted(per));
    }
  }

  /**
   * Begins to count, with a full bucket: true for each request that is beyond the allowance. The
   * result is thread-safe.
   *
   * @param nanos the clock
   */
  BooleanSupplier exceeded(LongSupplier nanos) {
    return new Bucket(nanos)::isExceeded;
  }

  /** Begins to count by the system's clock. */
  public BooleanSupplier exceeded() {
    return exceeded(System::nanoTime);
  }

  private final class Bucket {
    private final LongSupplier nanos;
    private double left = requests;
    private long filledAt;

    Bucket(LongSupplier nanos) {
      this.nanos = nanos;
      this.filledAt = nanos.getAsLong();
    }

    synchronized boolean isExceeded() {
      long now = nanos.getAsLong();
      double more = (double) (now - filledAt) / per.toNanos() * requests;
      left = Math.min(requests, left + more);
      filledAt = now;
      if (left < 1) {
        return true;
      }
      left--;
      return false;
    }
  }

  /** Part of a fault's description; nothing where it spares none. */
  @Override
  public String toString() {
    return requests == 0 ? "" : " beyond %d per %s".formatted(requests, per);
  }
}
