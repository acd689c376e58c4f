package io.github.ppgtest.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void takesTheMiddleOfAnOddNumber() {
    assertThat(samples(30, 10, 20).median()).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void takesTheMeanOfTheMiddleTwoOfAnEvenNumber() {
    assertThat(samples(40, 10, 20, 30).median()).isEqualTo(Duration.ofMillis(25));
  }

  @Test
  void showsTenthsBelowTenMilliseconds() {
    assertThat(samples(9, 400, 10)).hasToString("10 ms (9.0 to 400)");
  }

  @Test
  void tellsWhatMostStayBelow() {
    Samples hundred = samples(IntStream.rangeClosed(1, 100).toArray());

    assertThat(hundred.percentile(95)).isEqualTo(Duration.ofMillis(95));
    assertThat(samples(20, 10).percentile(95)).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void comparesByTheMedians() {
    assertThat(samples(10, 30, 20).times(samples(80))).isEqualTo("0.25");
  }

  @Test
  void refusesToBeEmpty() {
    assertThatThrownBy(() -> new Samples(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no median of nothing.");
  }

  private static Samples samples(int... millis) {
    return new Samples(IntStream.of(millis).mapToObj(Duration::ofMillis).toList());
  }
}
