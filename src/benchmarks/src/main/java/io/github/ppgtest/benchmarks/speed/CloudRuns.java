package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.benchmarks.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures how well the cloud's latency is hidden: test classes with an equally slow emulator. */
final class CloudRuns {
  private static final Duration WORK = Duration.ofMillis(200);

  /** The most that prefetching may cost beside the tests' own time. */
  private static final double LIMIT = 1.3;

  private CloudRuns() {}

  static Outcome measure(Scale scale, Path directory) throws IOException, InterruptedException {
    TestRun all = TestRun.of(Contender.PPGTEST, scale.many()).working(WORK);
    TestRun few = TestRun.of(Contender.PPGTEST, Math.min(all.classes(), 20)).working(WORK);
    Waited prepared = run(all, scale, directory, List.of());
    Waited unprepared = run(few, scale, directory, List.of("-Dppgtest.ahead=0"));
    Duration own = WORK.multipliedBy(all.classes());
    // Created, and ready half of that later.
    Duration provisioning = scale.creation().multipliedBy(3).dividedBy(2);
    return new Outcome(
        List.of(
            Outcome.row(
                "", "classes of 200 ms", "their own time", "the whole JVM", "each further waits"),
            "| --- | --- | --- | --- | --- |",
            row("ppgtest, `CLOUD`", all, prepared),
            row("`ppgtest.ahead=0`", few, unprepared)),
        List.of(
            Verdict.timesAtMost(
                "%d classes with a slow cloud took %s, beside %s of their own and one provisioning"
                    .formatted(
                        all.classes(), Outcome.seconds(prepared.jvm()), Outcome.seconds(own)),
                (double) prepared.jvm().toNanos() / own.plus(provisioning).toNanos(),
                LIMIT)));
  }

  private static Waited run(TestRun run, Scale scale, Path directory, List<String> more)
      throws IOException, InterruptedException {
    try (SlowCloud cloud = SlowCloud.start(directory, scale.creation())) {
      List<String> options = new ArrayList<>(cloud.options());
      options.addAll(more);
      Waited waited = Waited.read(run.run(directory, options, cloud.environment()), run.tests());
      cloud.expectServed(run.tests());
      return waited;
    }
  }

  private static String row(String name, TestRun run, Waited waited) {
    return Outcome.row(
        name,
        run.classes(),
        Outcome.seconds(WORK.multipliedBy(run.classes())),
        Outcome.seconds(waited.jvm()),
        Samples.millis(new Samples(waited.further()).median()) + " ms");
  }
}
