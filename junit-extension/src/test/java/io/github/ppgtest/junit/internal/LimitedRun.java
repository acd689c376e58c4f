package io.github.ppgtest.junit.internal;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ppgtest.internal.lifecycle.DatabaseManager;
import io.github.ppgtest.junit.PrismaPostgres;
import io.github.ppgtest.spi.DatabaseRun;
import io.github.ppgtest.spi.OwnedDatabase;
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
    try (DatabaseRun run = DatabaseRun.begin(DatabasesOfPlan.of(plan))) {
      OwnedDatabase one = start(One.class, plan, run);
      awaitPreparation();
      say("prepared");
      if (parallel) {
        OwnedDatabase three = start(Three.class, plan, run);
        say("three");
        release(one);
        OwnedDatabase two = start(Two.class, plan, run);
        say("two");
        release(two);
        release(three);
      } else {
        release(one);
        say("stopped");
        release(start(Two.class, plan, run));
        release(start(Three.class, plan, run));
      }
    }
    say("end");
  }

  /** Starts a class as JUnit does. */
  private static OwnedDatabase start(Class<?> testClass, TestPlan plan, DatabaseRun run) {
    AnnotatedClass wanting = AnnotatedClass.of(testClass).orElseThrow();
    plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .filter(test -> test.getSource().equals(Optional.of(ClassSource.from(testClass))))
        .forEach(test -> run.started(test.getUniqueId()));
    return run.acquire(wanting.spec(wanting.ownSpec()));
  }

  /** Waits for the deletion, which makes room for another. */
  private static void release(OwnedDatabase database) {
    database.release(false);
    DatabaseManager.ofThisJvm().reportUndeleted();
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
