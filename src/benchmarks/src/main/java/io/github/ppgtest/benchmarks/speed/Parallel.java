package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.benchmarks.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures whether parallel classes are done as soon as sequential ones. */
final class Parallel {
  private static final int AT_ONCE = 8;

  private Parallel() {}

  static Outcome measure(Scale scale, Path directory) throws IOException, InterruptedException {
    TestRun inTurn = TestRun.of(Contender.PPGTEST, Math.max(AT_ONCE, scale.many()));
    TestRun atOnce = inTurn.parallel(AT_ONCE);
    List<Duration> turns = new ArrayList<>();
    List<Duration> parallel = new ArrayList<>();
    for (int round = 0; round < scale.rounds(); round++) {
      turns.add(inTurn.in(directory).jvm());
      parallel.add(atOnce.in(directory).jvm());
    }
    Duration expected = new Samples(turns).median();
    Duration measured = new Samples(parallel).median();
    return new Outcome(
        List.of(
            Outcome.row("", inTurn.classes() + " classes, the whole JVM"),
            "| --- | --- |",
            Outcome.row("one after the other", Outcome.seconds(expected)),
            Outcome.row(AT_ONCE + " at once", Outcome.seconds(measured))),
        List.of(Verdict.atMost(AT_ONCE + " classes at once", measured, expected)));
  }
}
