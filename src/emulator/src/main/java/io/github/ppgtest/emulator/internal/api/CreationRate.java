package io.github.ppgtest.emulator.internal.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A limiter of creations per minute. All callers come from the loopback address, so that they share
 * one count. Safe for use by many threads.
 */
final class CreationRate {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int most;
  private final Clock clock;
  private final Deque<Instant> admitted = new ArrayDeque<>();

  CreationRate(int most, Clock clock) {
    this.most = most;
    this.clock = clock;
  }

  int most() {
    return most;
  }

  /** Counts a creation; where there were too many, returns how long to wait instead. */
  synchronized Optional<Duration> refusal() {
    Instant now = clock.instant();
    while (!admitted.isEmpty() && !admitted.peek().plus(WINDOW).isAfter(now)) {
      admitted.remove();
    }
    if (admitted.size() >= most) {
      return Optional.of(Duration.between(now, admitted.element().plus(WINDOW)));
    }
    admitted.add(now);
    return Optional.empty();
  }
}
