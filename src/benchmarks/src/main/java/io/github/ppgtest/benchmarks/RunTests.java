package io.github.ppgtest.benchmarks;

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
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                contender.testClasses(Integer.parseInt(arguments[1])).stream()
                    .map(DiscoverySelectors::selectClass)
                    .toList())
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
            .build();
    LauncherFactory.create().execute(request, new Stopwatch(System.out));
  }
}
