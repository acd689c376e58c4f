package io.github.ppgtest.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ppgtest.benchmarks.JvmRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitedTest {
  private static final Instant BEGAN = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void readsWhatAJvmPrintsAmongOtherLines() {
    Waited waited =
        Waited.read(
            printed(
                "a line of somebody else",
                Waited.FIRST_ROW + " 900000000",
                Waited.TEST + " 400000000",
                Waited.TEST + " 5000000"),
            2);

    assertThat(waited.first()).isEqualTo(Duration.ofMillis(400));
    assertThat(waited.further()).containsExactly(Duration.ofMillis(5));
    assertThat(waited.firstRow()).isEqualTo(Duration.ofMillis(900));
    assertThat(waited.jvm()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void refusesAJvmThatMeasuredTooFewTests() {
    assertThatThrownBy(() -> Waited.read(printed(Waited.FIRST_ROW + " 1", Waited.TEST + " 1"), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Of 2 tests 1 were measured, and 1 first rows.");
  }

  private static JvmRun printed(String... lines) {
    return new JvmRun(List.of(lines), BEGAN, BEGAN.plusSeconds(3));
  }
}
