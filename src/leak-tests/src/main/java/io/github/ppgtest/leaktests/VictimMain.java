package io.github.ppgtest.leaktests;

import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A JVM that runs test classes, until it has run them all or dies of an order. */
final class VictimMain {
  private VictimMain() {}

  /** Takes which classes to run, and {@code parallel} or {@code sequential}. */
  public static void main(String[] arguments) {
    System.out.println("LEAKS started");
    Orders.read();
    List<Class<?>> classes =
        switch (arguments[0]) {
          case "all" -> VictimClasses.all();
          case "one" -> VictimClasses.one();
          case "calm" -> VictimClasses.calm();
          default -> throw new IllegalArgumentException("No such classes: " + arguments[0]);
        };
    boolean parallel = arguments[1].equals("parallel");
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(classes.stream().map(DiscoverySelectors::selectClass).toList())
            .configurationParameter(
                "junit.jupiter.execution.parallel.enabled", Boolean.toString(parallel))
            .configurationParameter(
                "junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "3")
            .build();
    LauncherFactory.create().execute(request, new Progress());
  }
}
