package io.github.ppgtest.management;

import java.time.Duration;

/**
 * Waits between two attempts. Tests replace it so that they never really wait.
 *
 * <p>Implementations must be safe for use by several threads at once.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Delay {
  /**
   * Waits; returns at once for zero.
   *
   * @param duration how long; never negative
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void await(Duration duration) throws InterruptedException;

  /**
   * Returns the delay that lets the calling thread sleep, the default.
   *
   * @return a delay that really waits
   */
  static Delay sleeping() {
    return duration -> Thread.sleep(duration.toMillis());
  }
}
