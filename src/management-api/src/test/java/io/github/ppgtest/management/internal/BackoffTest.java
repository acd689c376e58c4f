package io.github.ppgtest.management.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static Backoff backoff(RandomGenerator random) {
    return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), random);
  }

  @Test
  void doublesUpToTheCap() {
    Backoff shortest = backoff(() -> 0L);

    assertThat(IntStream.of(0, 1, 2, 3, 4, 1_000).mapToObj(shortest::before))
        .extracting(Duration::toMillis)
        .containsExactly(50L, 100L, 200L, 400L, 500L, 500L);
  }

  @Test
  void staysBetweenTheHalfAndTheWhole() {
    Backoff longest = backoff(() -> -1L);

    assertThat(longest.before(0)).isBetween(Duration.ofMillis(99), Duration.ofMillis(100));
    assertThat(longest.before(9)).isBetween(Duration.ofMillis(999), Duration.ofSeconds(1));
  }
}
