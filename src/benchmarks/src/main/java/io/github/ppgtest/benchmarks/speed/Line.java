package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.benchmarks.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line of the table: the results of the same classes, run several times. */
final class Line {
  private final String name;
  private final TestRun run;
  private final @Nullable Line ours;
  private final List<Duration> first = new ArrayList<>();
  private final List<Duration> further = new ArrayList<>();
  private final List<Duration> firstRow = new ArrayList<>();
  private final List<Duration> jvm = new ArrayList<>();

  /**
   * Begins a line.
   *
   * @param ours the line that it is compared with; null for ppgtest's own
   */
  Line(String name, TestRun run, @Nullable Line ours) {
    this.name = name;
    this.run = run;
    this.ours = ours;
  }

  /** Runs the classes once more. */
  void measure(Path directory) throws IOException, InterruptedException {
    Waited waited = run.in(directory);
    first.add(waited.first());
    further.addAll(waited.further());
    firstRow.add(waited.firstRow());
    jvm.add(waited.jvm());
  }

  TestRun run() {
    return run;
  }

  Samples first() {
    return new Samples(first);
  }

  Samples further() {
    return new Samples(further);
  }

  /** Returns how long the whole JVM took. */
  Samples jvm() {
    return new Samples(jvm);
  }

  /** Returns the ratio of the median waits of further tests to another's. */
  double times(Line other) {
    return (double) further().median().toNanos() / other.further().median().toNanos();
  }

  /** Returns the headings of {@link #markdown}'s cells. */
  static List<String> heading() {
    return List.of(
        Outcome.row(
            "",
            "JVM's start to first row",
            "first waits",
            "each further waits",
            "95 % wait at most",
            "tests, and the whole JVM",
            "times ppgtest's wait"),
        "| --- | --- | --- | --- | --- | --- | --- |");
  }

  /** Returns it for the table. */
  String markdown() {
    return Outcome.row(
        name,
        Samples.millis(new Samples(firstRow).median()) + " ms",
        Samples.millis(first().median()) + " ms",
        Samples.millis(further().median()) + " ms",
        Samples.millis(further().percentile(95)) + " ms",
        "%d in %s".formatted(run.tests(), Outcome.seconds(jvm().median())),
        ours == null ? "" : String.format(Locale.ROOT, "%.1f", times(ours)));
  }
}
