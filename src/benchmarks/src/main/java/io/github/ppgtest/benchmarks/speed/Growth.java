package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.benchmarks.JvmRun;
import io.github.ppgtest.benchmarks.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures whether the last database of a long run comes as fast as the first, and the resources of
 * the run.
 */
final class Growth {
  /** The part of the tests, a tenth, with medians to compare. */
  private static final int TENTHS = 10;

  private static final int QUARTERS = 4;
  private static final double LIMIT = 1.2;

  private Growth() {}

  static Outcome measure(Scale scale, Path directory) throws IOException, InterruptedException {
    TestRun run = TestRun.of(Contender.PPGTEST, scale.run());
    List<Integer> points =
        Stream.concat(
                Stream.of(1),
                IntStream.rangeClosed(1, QUARTERS)
                    .mapToObj(quarter -> scale.run() / QUARTERS * quarter))
            .toList();
    String wanted = points.stream().map(Object::toString).collect(Collectors.joining(","));
    JvmRun jvm =
        run.run(directory, List.of("-D%s=%s".formatted(TestJvm.SNAPSHOTS, wanted)), Map.of());
    List<Snapshot> snapshots =
        jvm.lines().stream().filter(Snapshot::isPrintedIn).map(Snapshot::parse).toList();
    if (snapshots.size() != points.size()) {
      throw new IllegalStateException(
          "Of %d snapshots %d were taken.".formatted(points.size(), snapshots.size()));
    }
    List<Duration> waits = Waited.read(jvm, run.tests()).further();
    int tenth = Math.max(1, scale.run() / TENTHS);
    List<String> table = new ArrayList<>();
    table.add(
        Outcome.row(
            "databases so far",
            "the last %d waited".formatted(tenth),
            "files of PostgreSQL",
            "memory of PostgreSQL",
            "heap of the JVM"));
    table.add("| --- | --- | --- | --- | --- |");
    for (int i = 0; i < points.size(); i++) {
      Snapshot snapshot = snapshots.get(i);
      int point = points.get(i);
      table.add(
          Outcome.row(
              point,
              point == 1 ? "" : Samples.millis(median(waits, point - 1 - tenth, point - 1)) + " ms",
              mebibytes(snapshot.disk()),
              mebibytes(snapshot.memory()),
              mebibytes(snapshot.heap())));
    }
    double times =
        (double) median(waits, waits.size() - tenth, waits.size()).toNanos()
            / median(waits, 0, tenth).toNanos();
    return new Outcome(
        table,
        List.of(
            Verdict.timesAtMost(
                "what the last %d of %d databases took, beside the first %d"
                    .formatted(tenth, scale.run(), tenth),
                times,
                LIMIT)));
  }

  private static Duration median(List<Duration> waits, int from, int to) {
    return new Samples(waits.subList(Math.max(0, from), to)).median();
  }

  private static String mebibytes(long bytes) {
    return bytes / (1024 * 1024) + " MiB";
  }
}
