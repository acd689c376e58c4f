package io.github.ppgtest.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contender's test classes, one after the other, in this JVM. */
final class RunTests {
  private RunTests() {}

  /** Takes the contender and how many of its classes to run. */
  public static void main(String[] arguments) {
    Contender contender = Contender.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    run(contender.testClasses(Integer.parseInt(arguments[1])), System.out);
  }

  /**
   * Runs test classes and prints their times.
   *
   * @throws IllegalStateException if one failed, when all are through
   */
  static void run(List<Class<?>> testClasses, PrintStream out) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(testClasses.stream().map(DiscoverySelectors::selectClass).toList())
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
            .build();
    Stopwatch stopwatch = new Stopwatch(out);
    LauncherFactory.create().execute(request, stopwatch);
    Throwable failure = stopwatch.failure();
    if (failure != null) {
      throw new IllegalStateException("A test failed, so its times mean nothing.", failure);
    }
  }
}
