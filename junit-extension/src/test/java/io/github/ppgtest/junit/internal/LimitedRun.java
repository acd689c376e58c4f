package io.github.ppgtest.junit.internal;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.junit.PrismaPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A run of three classes, in a JVM with a token; what it has done it says, and waits for a line.
 */
final class LimitedRun {
  private static final BufferedReader INPUT =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  @PrismaPostgres
  static class One extends WithATest {}

  @PrismaPostgres
  static class Two extends WithATest {}

  @PrismaPostgres
  static class Three extends WithATest {}

  abstract static class WithATest {
    @Test
    void isNotRun() {}
  }

  private LimitedRun() {}

  public static void main(String[] arguments) throws Exception {
    boolean parallel = arguments[0].equals("parallel");
    TestPlan plan =
        LauncherFactory.create()
            .discover(
                LauncherDiscoveryRequestBuilder.request()
                    .selectors(
                        selectClass(One.class), selectClass(Two.class), selectClass(Three.class))
                    .build());
    DatabasePrefetcher run = DatabasePrefetcher.begin(plan);
    try (run) {
      PrismaPostgresFixture one = start(One.class, plan);
      awaitPreparation();
      say("prepared");
      if (parallel) {
        PrismaPostgresFixture three = start(Three.class, plan);
        say("three");
        one.stop();
        PrismaPostgresFixture two = start(Two.class, plan);
        say("two");
        two.stop();
        three.stop();
      } else {
        one.stop();
        say("stopped");
        start(Two.class, plan).stop();
        start(Three.class, plan).stop();
      }
    }
    say("end");
  }

  /** Starts a class as JUnit does. */
  private static PrismaPostgresFixture start(Class<?> testClass, TestPlan plan) {
    AnnotatedClass wanting = AnnotatedClass.of(testClass).orElseThrow();
    plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .filter(test -> test.getSource().equals(Optional.of(ClassSource.from(testClass))))
        .forEach(test -> DatabasePrefetcher.started(test.getUniqueId()));
    return DatabasePrefetcher.start(wanting);
  }

  private static void awaitPreparation() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("ppgtest-ahead-of")) {
        thread.join();
      }
    }
  }

  private static void say(String what) throws IOException {
    System.out.println(what);
    INPUT.readLine();
  }
}
