package io.github.ppgtest.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final Instant ENDED = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void readsWhatAJvmPrintsAmongOtherLines() {
    Measurement measurement =
        Measurement.parse(
            List.of(
                "a line of somebody else",
                Measurement.classLine(800_000_000, 20_000_000),
                Measurement.classLine(50_000_000, 10_000_000),
                Measurement.lastTestLine(ENDED)),
            ENDED.plusMillis(120));

    assertThat(measurement)
        .isEqualTo(
            new Measurement(
                List.of(Duration.ofMillis(800), Duration.ofMillis(50)),
                List.of(Duration.ofMillis(20), Duration.ofMillis(10)),
                Duration.ofMillis(120)));
  }

  @Test
  void refusesAJvmThatRanNoClass() {
    assertThatThrownBy(() -> Measurement.parse(List.of(Measurement.lastTestLine(ENDED)), ENDED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A measurement needs a test class, and of each both times: [], []");
  }

  @Test
  void refusesAJvmThatDidNotSayWhenItsLastTestEnded() {
    assertThatThrownBy(() -> Measurement.parse(List.of(Measurement.classLine(1, 1)), ENDED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The JVM did not print when its last test ended.");
  }
}
