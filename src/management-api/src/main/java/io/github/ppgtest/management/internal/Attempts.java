package io.github.ppgtest.management.internal;

import com.github.mizosoft.methanol.TaggableRequest;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * Counts the attempts at one call, and keeps how long to wait before the next. It travels as a tag
 * of the request, and is used by the calling thread alone.
 */
final class Attempts {
  private final boolean comesBack;
  private int count;
  private int refused;
  private long begun = System.nanoTime();
  private Duration nextWait = Duration.ZERO;
  private Duration waitedForRate = Duration.ZERO;

  /** For a call that is repeated where it is refused for rate. */
  Attempts() {
    this(true);
  }

  private Attempts(boolean comesBack) {
    this.comesBack = comesBack;
  }

  /** For a call whose caller decides whether to come back after a refusal for rate. */
  static Attempts untilRefused() {
    return new Attempts(false);
  }

  /** Whether a refusal for rate is waited for. */
  boolean comesBack() {
    return comesBack;
  }

  static Attempts of(HttpRequest request) {
    return TaggableRequest.tagOf(request, Attempts.class)
        .orElseThrow(() -> new IllegalStateException("the request carries no count of attempts"));
  }

  /** How many were begun so far. */
  int count() {
    return count;
  }

  /**
   * How many of them may have had an effect: one that was refused for its token had none, nor one
   * that was refused for rate as long as that is waited for.
   */
  int countThatMayHaveActed() {
    return count - refused;
  }

  void refused() {
    refused++;
  }

  /** Takes note of a wait because of a refusal for rate. */
  void waitForRate(Duration wait) {
    waitedForRate = waitedForRate.plus(wait);
  }

  /** How long such waits have taken so far. */
  Duration waitedForRate() {
    return waitedForRate;
  }

  void begin() {
    count++;
    begun = System.nanoTime();
  }

  /** What is left for the present attempt of the time that each has. */
  Duration left(Duration timeout) {
    Duration left = timeout.minusNanos(System.nanoTime() - begun);
    return left.isNegative() ? Duration.ZERO : left;
  }

  void waitBeforeNext(Duration wait) {
    nextWait = wait;
  }

  /** Takes the wait, so that it is waited once. */
  Duration takeWait() {
    Duration wait = nextWait;
    nextWait = Duration.ZERO;
    return wait;
  }
}
