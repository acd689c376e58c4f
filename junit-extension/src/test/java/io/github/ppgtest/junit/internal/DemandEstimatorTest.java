package io.github.ppgtest.junit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemandEstimatorTest {
  private long now;
  private final DemandEstimator estimator = new DemandEstimator(() -> now);

  private void test(Duration waits, Duration runs) {
    estimator.wanted();
    now += waits.toNanos();
    estimator.got();
    now += runs.toNanos();
  }

  @Test
  void isNotKnownBeforeASecondDatabaseIsWanted() {
    estimator.made(Duration.ofSeconds(3).toNanos());
    test(Duration.ofSeconds(3), Duration.ofMillis(200));

    assertThat(estimator.prefetcher()).isEmpty();
  }

  @Test
  void asksForAsManyAsAreWantedWhileOneIsMade() {
    for (int i = 0; i < 5; i++) {
      test(Duration.ZERO, Duration.ofMillis(500));
      estimator.made(Duration.ofSeconds(3).toNanos());
    }

    assertThat(estimator.prefetcher()).hasValue(8);
  }

  @Test
  void isNotSlowedDownByWaitingForDatabases() {
    for (int i = 0; i < 5; i++) {
      test(Duration.ofSeconds(3), Duration.ofMillis(500));
      estimator.made(Duration.ofSeconds(3).toNanos());
    }

    assertThat(estimator.prefetcher()).hasValue(8);
  }

  @Test
  void asksForOneWhereTestsTakeLonger() {
    for (int i = 0; i < 3; i++) {
      test(Duration.ZERO, Duration.ofMinutes(1));
      estimator.made(Duration.ofSeconds(3).toNanos());
    }

    assertThat(estimator.prefetcher()).hasValue(1);
  }

  @Test
  void doesNotForgetManyShortTestsForALongOne() {
    for (int i = 0; i < 10; i++) {
      test(Duration.ZERO, Duration.ofMillis(500));
      estimator.made(Duration.ofSeconds(3).toNanos());
    }
    test(Duration.ZERO, Duration.ofSeconds(8));
    test(Duration.ZERO, Duration.ofMillis(500));

    assertThat(estimator.prefetcher().orElseThrow()).isBetween(3, 7);
  }
}
