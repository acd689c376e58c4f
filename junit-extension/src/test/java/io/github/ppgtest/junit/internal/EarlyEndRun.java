package io.github.ppgtest.junit.internal;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ppgtest.junit.PrismaPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run that makes databases ahead which no test comes for. */
final class EarlyEndRun {
  private static final BufferedReader INPUT =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private static boolean exits;

  @PrismaPostgres
  static class FirstTestCase {
    @Test
    void waits() throws IOException, InterruptedException {
      System.out.println("running");
      INPUT.readLine();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("ppgtest-ahead-of")) {
          thread.join();
        }
      }
      if (exits) {
        System.exit(7);
      }
    }
  }

  @PrismaPostgres
  abstract static class Unneeded {
    @Test
    void isNotReached() {}
  }

  @Disabled("on purpose")
  static class TwoTestCase extends Unneeded {}

  @Disabled("on purpose")
  static class ThreeTestCase extends Unneeded {}

  @Disabled("on purpose")
  static class FourTestCase extends Unneeded {}

  private EarlyEndRun() {}

  public static void main(String[] arguments) {
    // Before the first logger.
    System.setProperty("org.slf4j.simpleLogger.logFile", "System.out");
    System.setProperty("org.slf4j.simpleLogger.log.io.github.ppgtest", "info");
    exits = arguments[0].equals("exit");
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    selectClass(FirstTestCase.class),
                    selectClass(TwoTestCase.class),
                    selectClass(ThreeTestCase.class),
                    selectClass(FourTestCase.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build());
  }
}
