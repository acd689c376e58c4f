package io.github.ppgtest.benchmarks.speed;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The JVM that runs a contender's test classes, as a build would. */
final class TestJvm {
  /** The system property with the start of the JVM. */
  static final String BEGAN = "benchmark.began";

  /** The system property with the tests after which to measure the resources. */
  static final String SNAPSHOTS = "benchmark.snapshots";

  private TestJvm() {}

  /** Takes the template, how many classes were made of it, and how many run at once. */
  public static void main(String[] arguments) {
    int status = 1;
    try {
      run(
          selectors(arguments[0], Integer.parseInt(arguments[1])),
          Integer.parseInt(arguments[2]),
          System.out,
          Instant.parse(System.getProperty(BEGAN)),
          new Snapshots(snapshots(), System.out));
      status = 0;
    } catch (RuntimeException e) {
      e.printStackTrace();
    }
    // As a build ends its JVM: threads of some contenders would live on for a minute.
    System.exit(status);
  }

  private static Set<Integer> snapshots() {
    return Stream.of(System.getProperty(SNAPSHOTS, "").split(","))
        .filter(word -> !word.isEmpty())
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  /**
   * Runs test classes and prints their waits.
   *
   * @throws IllegalStateException if one failed, when all are through
   */
  static void run(
      List<DiscoverySelector> classes,
      int parallelism,
      PrintStream out,
      Instant jvmBegan,
      TestExecutionListener... others) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(classes)
            .configurationParameter(
                "junit.jupiter.execution.parallel.enabled", Boolean.toString(parallelism > 1))
            .configurationParameter(
                "junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                Integer.toString(parallelism))
            .build();
    Waits waits = new Waits(out, jvmBegan);
    List<TestExecutionListener> listeners = new ArrayList<>(List.of(others));
    listeners.add(waits);
    LauncherFactory.create().execute(request, listeners.toArray(TestExecutionListener[]::new));
    Throwable failure = waits.failure();
    if (failure != null) {
      throw new IllegalStateException("A test failed, so its times mean nothing.", failure);
    }
  }

  private static List<DiscoverySelector> selectors(String template, int count) {
    List<DiscoverySelector> selectors = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      selectors.add(DiscoverySelectors.selectClass(MadeClasses.name(template, number)));
    }
    return selectors;
  }
}
