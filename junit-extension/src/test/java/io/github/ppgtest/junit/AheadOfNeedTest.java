package io.github.ppgtest.junit;

import static io.github.ppgtest.junit.Databases.nameOf;
import static io.github.ppgtest.junit.Summaries.assertPassed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ppgtest.Isolation;
import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

@Isolated("counts the databases of the emulator that all tests here share")
class AheadOfNeedTest {
  private final PrismaPostgresFixture probe =
      PrismaPostgresFixture.builder().provider(Provider.EMBEDDED).label("probe").build();
  private Set<String> before;

  @BeforeEach
  void lookAround() throws SQLException {
    probe.start();
    before = databases();
    seen = Set.of();
    expected = before.size() + 2;
  }

  @AfterEach
  void nothingIsLeft() throws SQLException {
    assertThat(databases()).isEqualTo(before);
    probe.stop();
  }

  private Set<String> databases() throws SQLException {
    try (Connection connection = probe.dataSource().getConnection()) {
      return databases(connection);
    }
  }

  private static Set<String> databases(Connection connection) throws SQLException {
    Set<String> names = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** The databases there were when a class had waited for the next one's to be prepared. */
  private static volatile Set<String> seen = Set.of();

  /** How many there are to be then, at least. */
  private static volatile int expected;

  @PrismaPostgres
  static class FirstTestCases {
    @Test
    void waitsForThePreparation(Connection connection) throws Exception {
      // It begins behind the test.
      await().atMost(Duration.ofMinutes(3)).until(() -> databases(connection).size() >= expected);
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("ppgtest-ahead-of")) {
          thread.join();
        }
      }
      seen = databases(connection);
    }
  }

  @PrismaPostgres
  static class NextTestCases {
    @Test
    void usesWhatWasPrepared(PrismaPostgresDatabase database) throws SQLException {
      assertThat(seen).contains(nameOf(database));
    }
  }

  @Test
  void makesTheNextDatabaseWhileAClassRuns() {
    assertPassed(run(FirstTestCases.class, NextTestCases.class), 2);
    assertThat(seen).hasSize(before.size() + 2);
  }

  @PrismaPostgres(isolation = Isolation.METHOD)
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class MethodsTestCases {
    @Test
    void a(Connection connection) throws Exception {
      new FirstTestCases().waitsForThePreparation(connection);
    }

    @Test
    void b(PrismaPostgresDatabase database) throws SQLException {
      assertThat(seen).contains(nameOf(database));
    }
  }

  @Test
  void makesTheNextMethodsDatabaseWhileAMethodRuns() {
    assertPassed(run(MethodsTestCases.class), 2);
    assertThat(seen).hasSize(before.size() + 2);
  }

  @PrismaPostgres(isolation = Isolation.METHOD)
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class SkippedMethodTestCases {
    @Test
    void a(Connection connection) throws Exception {
      new FirstTestCases().waitsForThePreparation(connection);
    }

    @Disabled("on purpose")
    @Test
    void b() {}
  }

  @Test
  void deletesWhatASkippedMethodDidNotComeFor() {
    assertPassed(run(SkippedMethodTestCases.class), 1);
    assertThat(seen).hasSize(before.size() + 2);
  }

  @Test
  void makesNoneAfterTheLastClass() {
    expected = before.size() + 1;
    assertPassed(run(NoDatabaseTestCases.class, FirstTestCases.class), 2);
    assertThat(seen).hasSize(before.size() + 1);
  }

  @Test
  void makesNoneWhereThatIsTurnedOff() {
    expected = before.size() + 1;
    System.setProperty("ppgtest.ahead", "0");
    try {
      assertPassed(run(FirstTestCases.class, ThirdTestCases.class), 2);
    } finally {
      System.clearProperty("ppgtest.ahead");
    }
    assertThat(seen).hasSize(before.size() + 1);
  }

  @PrismaPostgres
  static class ThirdTestCases {
    @Test
    void hasADatabaseAllTheSame(PrismaPostgresDatabase database) throws SQLException {
      assertThat(seen).doesNotContain(nameOf(database));
    }
  }

  static class NoDatabaseTestCases {
    @Test
    void passes() {}
  }

  @Disabled("on purpose")
  @PrismaPostgres
  static class DisabledTestCases {
    @Test
    void isNotReached() {}
  }

  @Test
  void deletesWhatASkippedClassDidNotComeFor() {
    assertPassed(run(FirstTestCases.class, DisabledTestCases.class), 1);
    assertThat(seen).hasSize(before.size() + 2);
  }

  @PrismaPostgres
  static class WithInnerClassesTestCases {
    @Disabled("on purpose")
    @Nested
    class LeftOut {
      @PrismaPostgres
      @Nested
      class WithItsOwn {
        @Test
        void isNotReached() {}
      }
    }

    @PrismaPostgres
    @ExtendWith(FailsFirst.class)
    @Nested
    class Failing {
      @PrismaPostgres
      @Nested
      class WithItsOwn {
        @Test
        void isNotReached() {}
      }
    }
  }

  @Test
  void waitsForNoClassInsideOneThatWasSkippedOrFailed() {
    TestExecutionSummary summary =
        run(WithInnerClassesTestCases.class, FirstTestCases.class, NextTestCases.class);
    assertThat(summary.getFailures())
        .singleElement()
        .extracting("exception.message")
        .isEqualTo("on purpose");
    assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
    assertThat(seen).hasSize(before.size() + 2);
  }

  static class FailsFirst implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      throw new IllegalStateException("on purpose");
    }
  }

  @ExtendWith(FailsFirst.class)
  @PrismaPostgres
  static class FailingTestCases {
    @Test
    void isNotReached() {}
  }

  @Test
  void deletesWhatAClassThatFailedEarlierDidNotComeFor() {
    TestExecutionSummary summary = run(FirstTestCases.class, FailingTestCases.class);
    assertThat(summary.getFailures())
        .singleElement()
        .extracting("exception.message")
        .isEqualTo("on purpose");
    assertThat(seen).hasSize(before.size() + 2);
  }

  @PrismaPostgres(scripts = "broken.sql")
  static class BrokenScriptTestCases {
    @Test
    void isNotReached() {}
  }

  @Test
  void tellsWhyThereIsNoDatabaseWhenItsClassComes() {
    expected = before.size() + 1;
    TestExecutionSummary summary = run(FirstTestCases.class, BrokenScriptTestCases.class);
    assertThat(summary.getFailures())
        .singleElement()
        .extracting("exception.message")
        .asString()
        .startsWith("SQL script broken.sql failed in line 3");
  }

  @PrismaPostgres(connectionLimit = 0)
  static class NoConnectionsTestCases {
    @Test
    void isNotReached() {}
  }

  @Test
  void leavesAnImpossibleSettingToItsClass() {
    expected = before.size() + 1;
    TestExecutionSummary summary = run(FirstTestCases.class, NoConnectionsTestCases.class);
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(summary.getFailures())
        .singleElement()
        .extracting("exception.message")
        .asString()
        .startsWith("ppgtest.connection-limit cannot be \"0\"");
  }

  private static TestExecutionSummary run(Class<?>... testCases) {
    return LauncherRun.of(testCases).summary();
  }
}
