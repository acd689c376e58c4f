package io.github.ppgtest.leaktests;

import java.time.Duration;

/**
 * A moment in a victim's life, to within a while.
 *
 * @param seen what the line contains after which it comes
 * @param occurrence which of those lines, from 1
 * @param delay how long after it
 */
record Moment(String seen, int occurrence, Duration delay) {
  @Override
  public String toString() {
    return "%d µs after \"%s\" no. %d".formatted(delay.toNanos() / 1000, seen, occurrence);
  }
}
