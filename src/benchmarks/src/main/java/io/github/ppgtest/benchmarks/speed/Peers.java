package io.github.ppgtest.benchmarks.speed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures how long tests wait with each contender, whole JVMs at a time, round after round. A
 * round that is not counted goes before, to fill the machine's caches.
 */
final class Peers {
  private static final Duration WORK = Duration.ofMillis(50);

  private final Scale scale;
  private final boolean withContainers;
  private boolean withPeers = true;
  private final Line working;
  private final Line hurrying;
  private final Line methods;
  private final Line springWorking;
  private final Line springHurrying;
  private final Line springMethods;
  private final Line zonky;
  private final Line container;
  private final Line singleton;

  Peers(Scale scale, boolean withContainers) {
    this.scale = scale;
    this.withContainers = withContainers;
    int many = scale.many();
    int few = scale.few();
    TestRun classes = TestRun.of(Contender.PPGTEST, many);
    working = new Line("ppgtest, each class works for 50 ms", classes.working(WORK), null);
    hurrying = new Line("ppgtest, classes without a pause", classes, null);
    methods = ours("ppgtest, methods without a pause", Contender.PPGTEST_METHODS, many);
    TestRun spring = TestRun.of(Contender.SPRING, many);
    springWorking =
        new Line(
            "zonky's embedded-database-spring-test, each class works for 50 ms",
            spring.working(WORK),
            working);
    springHurrying =
        new Line(
            "zonky's embedded-database-spring-test, classes without a pause", spring, hurrying);
    springMethods =
        new Line(
            "zonky's embedded-database-spring-test, methods without a pause",
            byMethods(Contender.SPRING_METHODS, many),
            methods);
    zonky = peer(Contender.ZONKY, few);
    container = peer(Contender.CONTAINER, Math.max(2, few / 2));
    singleton = peer(Contender.SINGLETON, few);
  }

  /** Leaves all other contenders out. */
  Peers withoutPeers() {
    withPeers = false;
    return this;
  }

  private static Line ours(String name, Contender contender, int tests) {
    return new Line(name, byMethods(contender, tests), null);
  }

  private Line peer(Contender contender, int classes) {
    return new Line(contender.toString(), TestRun.of(contender, classes), hurrying);
  }

  private static TestRun byMethods(Contender contender, int tests) {
    return TestRun.of(contender, Math.max(1, tests / contender.methods()));
  }

  /** Runs all contenders, and compares them. */
  Outcome measure(Path directory) throws IOException, InterruptedException {
    List<Line> lines = lines();
    for (Contender contender : contenders(lines)) {
      TestRun.of(contender, 2).in(directory);
    }
    for (int round = 0; round < scale.rounds(); round++) {
      for (Line line : lines) {
        line.measure(directory);
      }
    }
    List<String> table = new ArrayList<>(Line.heading());
    lines.forEach(line -> table.add(line.markdown()));
    return new Outcome(table, verdicts());
  }

  private static Set<Contender> contenders(List<Line> lines) {
    return lines.stream()
        .map(line -> line.run().contender())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>(List.of(working, hurrying, methods));
    if (withPeers) {
      lines.addAll(List.of(springWorking, springHurrying, springMethods, zonky));
    }
    if (withContainers) {
      lines.add(singleton);
      lines.add(container);
    }
    return lines;
  }

  private List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(
        Verdict.atMost(
            "each further class, when the one before took 50 ms", working, Duration.ofMillis(5)));
    verdicts.add(
        Verdict.atMost("each further class, without a pause", hurrying, Duration.ofMillis(25)));
    verdicts.add(Verdict.atMost("each further method", methods, Duration.ofMillis(15)));
    verdicts.add(
        Verdict.atMost(
            "first database of a JVM", hurrying.first().median(), Duration.ofMillis(400)));
    if (!withPeers) {
      return verdicts;
    }
    verdicts.add(
        Verdict.timesAtLeast(
            "fastest peer's wait, classes that work for 50 ms", springWorking.times(working), 3));
    verdicts.add(
        Verdict.timesAtLeast(
            "fastest peer's wait, classes without a pause", springHurrying.times(hurrying), 3));
    verdicts.add(
        Verdict.timesAtLeast("fastest peer's wait, methods", springMethods.times(methods), 3));
    if (withContainers) {
      verdicts.add(
          Verdict.timesAtLeast(
              "wait for a container, classes without a pause", container.times(hurrying), 100));
      verdicts.add(
          Verdict.timesAtLeast(
              "wait for a container, classes that work for 50 ms", container.times(working), 100));
    }
    return verdicts;
  }
}
