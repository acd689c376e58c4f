package io.github.ppgtest.management.internal;

import com.github.mizosoft.methanol.TaggableRequest;
import io.github.ppgtest.management.Delay;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * The attempts at one call: their count, the time that they and the waits between them take, and
 * the wait before the next. It travels as a tag of the request, and is used by the calling thread
 * alone.
 */
final class Attempts {
  private final Duration limit;
  private final boolean comesBack;
  private int count;
  private int refused;
  private boolean hasNoTimeLeft;
  private long begun = System.nanoTime();
  private long counted = begun;
  private Duration taken = Duration.ZERO;
  private Duration nextWait = Duration.ZERO;
  private Duration waitedForRate = Duration.ZERO;

  /**
   * Begins to count.
   *
   * @param limit when no further attempt begins
   * @param comesBack whether a refusal for rate is waited for, and not left to the caller
   */
  Attempts(Duration limit, boolean comesBack) {
    this.limit = limit;
    this.comesBack = comesBack;
  }

  /** Returns whether a refusal for rate is waited for. */
  boolean comesBack() {
    return comesBack;
  }

  static Attempts of(HttpRequest request) {
    return TaggableRequest.tagOf(request, Attempts.class)
        .orElseThrow(() -> new IllegalStateException("the request carries no count of attempts"));
  }

  /** Returns how many have begun so far. */
  int count() {
    return count;
  }

  /**
   * Returns how many of them may have had an effect: not those refused for the token, nor those
   * refused for rate while that is waited for.
   */
  int countThatMayHaveActed() {
    return count - refused;
  }

  void refused() {
    refused++;
  }

  /** Records a wait because of a refusal for rate. */
  void waitForRate(Duration wait) {
    waitedForRate = waitedForRate.plus(wait);
  }

  /** Returns how long such waits have taken so far. */
  Duration waitedForRate() {
    return waitedForRate;
  }

  void begin() {
    count++;
    countTime();
    begun = counted;
  }

  /** Waits. The wait's nominal duration counts, not that of a test's delay. */
  void await(Duration wait, Delay delay) throws InterruptedException {
    countTime();
    delay.await(wait);
    taken = taken.plus(wait);
    counted = System.nanoTime();
  }

  /** Returns whether an attempt after this wait begins within the limit, and records the answer. */
  boolean hasTimeFor(Duration wait) {
    countTime();
    hasNoTimeLeft = taken.plus(wait).compareTo(limit) >= 0;
    return !hasNoTimeLeft;
  }

  /** Returns the limit, where it is why the call was not repeated again; else zero. */
  Duration limitReached() {
    return hasNoTimeLeft ? limit : Duration.ZERO;
  }

  private void countTime() {
    long now = System.nanoTime();
    taken = taken.plusNanos(now - counted);
    counted = now;
  }

  /** Returns the rest of the present attempt's time. */
  Duration left(Duration timeout) {
    Duration left = timeout.minusNanos(System.nanoTime() - begun);
    return left.isNegative() ? Duration.ZERO : left;
  }

  void waitBeforeNext(Duration wait) {
    nextWait = wait;
  }

  Duration nextWait() {
    return nextWait;
  }

  /** Returns the wait and resets it, so that it is waited once. */
  Duration takeWait() {
    Duration wait = nextWait;
    nextWait = Duration.ZERO;
    return wait;
  }
}
