package io.github.ppgtest.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Measurement EMPTY = measured(List.of(20, 1), 1, 30);
  private static final Measurement ZONKY = measured(List.of(1200, 900), 300, 330);

  @Test
  void showsMediansExtremesRatiosAndVerdicts() {
    Report report =
        new Report(
            List.of(
                round(measured(List.of(700, 40, 50), 15, 130)),
                round(measured(List.of(900, 60, 50), 15, 230))));

    assertThat(report.lines())
        .containsExactly(
            "|  | first class | each further class | end of a class | JVM close added |",
            "| --- | --- | --- | --- | --- |",
            "| ppgtest | 800 ms (700 to 900) | 50 ms (40 to 60) | 15 ms (15 to 15) |"
                + " 150 ms (100 to 200) |",
            "| zonky | 1200 ms (1200 to 1200) | 900 ms (900 to 900) | 300 ms (300 to 300) |"
                + " 300 ms (300 to 300) |",
            "| empty | 20 ms (20 to 20) | 1.0 ms (1.0 to 1.0) | 1.0 ms (1.0 to 1.0) |  |",
            "| ppgtest / zonky | 0.67 | 0.06 | 0.05 | 0.50 |",
            "",
            "first class <= 1000 ms: 800 ms OK",
            "each further class <= 60 ms: 50 ms OK",
            "JVM close added <= 500 ms: 150 ms OK");
    assertThat(report.boundsKept()).isTrue();
  }

  @Test
  void failsWhenTheFirstClassTakesTooLong() {
    Report report = new Report(List.of(round(measured(List.of(1001, 40), 15, 130))));

    assertThat(report.boundsKept()).isFalse();
    assertThat(report.lines()).contains("first class <= 1000 ms: 1001 ms TOO SLOW");
  }

  @Test
  void failsWhenFurtherClassesTakeTooLong() {
    Report report = new Report(List.of(round(measured(List.of(700, 61), 15, 130))));

    assertThat(report.boundsKept()).isFalse();
    assertThat(report.lines()).contains("each further class <= 60 ms: 61 ms TOO SLOW");
  }

  @Test
  void failsWhenTheJvmTakesTooLongToClose() {
    Report report = new Report(List.of(round(measured(List.of(700, 40), 15, 531))));

    assertThat(report.boundsKept()).isFalse();
    assertThat(report.lines()).contains("JVM close added <= 500 ms: 501 ms TOO SLOW");
  }

  private static Map<Contender, Measurement> round(Measurement ours) {
    return Map.of(Contender.PPGTEST, ours, Contender.ZONKY, ZONKY, Contender.EMPTY, EMPTY);
  }

  private static Measurement measured(List<Integer> firstRows, int end, int close) {
    return new Measurement(
        firstRows.stream().map(Duration::ofMillis).toList(),
        firstRows.stream().map(row -> Duration.ofMillis(end)).toList(),
        Duration.ofMillis(close));
  }
}
