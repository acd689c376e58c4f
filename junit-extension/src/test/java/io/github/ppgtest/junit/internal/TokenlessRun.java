package io.github.ppgtest.junit.internal;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ppgtest.Isolation;
import io.github.ppgtest.Provider;
import io.github.ppgtest.junit.PrismaPostgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run in a JVM without a token. It says what JUnit tells, and which processes it has. */
final class TokenlessRun {
  private static final String NO_CONDITIONS = "no conditions";

  @PrismaPostgres
  static class PlainTestCases {
    @Test
    void takesAPool(DataSource pool) {}

    @Nested
    class Inside {
      @Test
      void takesItToo(DataSource pool) {}
    }
  }

  @PrismaPostgres(isolation = Isolation.METHOD)
  static class EachMethodTestCases {
    @Test
    void takesAPool(DataSource pool) {}

    @Test
    void takesNone() {}
  }

  @PrismaPostgres(isolation = Isolation.RUN)
  static class OfTheRunTestCases {
    @BeforeAll
    static void takesAPoolBefore(DataSource pool) {}

    @Test
    void takesAPool(DataSource pool) {}
  }

  @PrismaPostgres
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstanceTestCases {
    OneInstanceTestCases(DataSource pool) {
      System.out.println("instance");
    }

    @Test
    void takesNone() {}
  }

  static class AroundTestCases {
    @Test
    void takesNone() {}

    @Nested
    @PrismaPostgres
    class NestedTestCases {
      @Test
      void takesAPool(DataSource pool) {}
    }
  }

  @PrismaPostgres(provider = Provider.EMBEDDED)
  static class EmbeddedTestCases {
    @Test
    void takesAPool(DataSource pool) {}
  }

  private TokenlessRun() {}

  public static void main(String[] arguments) {
    System.setProperty("org.slf4j.simpleLogger.logFile", "System.out");
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                selectClass(PlainTestCases.class),
                selectClass(EachMethodTestCases.class),
                selectClass(OfTheRunTestCases.class));
    switch (arguments[0]) {
      case NO_CONDITIONS ->
          request.configurationParameter("junit.jupiter.conditions.deactivate", "*");
      case "embedded" -> request.selectors(selectClass(EmbeddedTestCases.class));
      default ->
          request.selectors(
              selectClass(OneInstanceTestCases.class), selectClass(AroundTestCases.class));
    }
    LauncherFactory.create().execute(request.build(), new Telling());
    System.out.println("processes: " + ProcessHandle.current().descendants().count());
    System.out.println("end");
  }

  /** Tells what becomes of classes and tests. */
  private static final class Telling implements TestExecutionListener {
    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      System.out.println("skipped " + test.getLegacyReportingName() + ": " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.getParentId().isPresent()) {
        System.out.println(
            result.getStatus()
                + " "
                + test.getLegacyReportingName()
                + result.getThrowable().map(thrown -> ": " + thrown.getMessage()).orElse(""));
      }
    }
  }
}
