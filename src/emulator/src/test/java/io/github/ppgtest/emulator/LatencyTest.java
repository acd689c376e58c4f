package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LatencyTest {
  private static final int REQUESTS = 200;

  /** One delayed acknowledgement costs 40 ms; so that a busy machine fails nobody, half of it. */
  private static final Duration STALL = Duration.ofMillis(20);

  @Test
  void answersOnAKeptConnectionDoNotWaitForAcknowledgements() {
    try (TestEmulator emulator = new TestEmulator()) {
      emulator.get("/v1/regions/postgres");
      long start = System.nanoTime();
      for (int i = 0; i < REQUESTS; i++) {
        emulator.get("/v1/regions/postgres");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(STALL.multipliedBy(REQUESTS));
    }
  }
}
