package io.github.ppgtest.benchmarks.speed;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The outcome of a part of the measurement.
 *
 * @param table in Markdown, a line each
 * @param verdicts the verdicts on its figures
 */
record Outcome(List<String> table, List<Verdict> verdicts) {
  Outcome {
    table = List.copyOf(table);
    verdicts = List.copyOf(verdicts);
  }

  static String row(Object... cells) {
    StringBuilder row = new StringBuilder("|");
    for (Object cell : cells) {
      row.append(' ').append(cell).append(" |");
    }
    return row.toString();
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
