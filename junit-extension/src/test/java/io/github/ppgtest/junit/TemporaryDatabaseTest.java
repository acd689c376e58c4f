package io.github.ppgtest.junit;

import static io.github.ppgtest.junit.Databases.execute;
import static io.github.ppgtest.junit.Databases.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ppgtest.Isolation;
import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.Provider;
import io.github.ppgtest.ProvisioningException;
import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

@Isolated("sets system properties")
class TemporaryDatabaseTest {
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  private static PrismaPostgresEmulator emulator;

  @BeforeAll
  static void startService() {
    // As few as Prisma's own service makes for a program.
    emulator = PrismaPostgresEmulator.builder().createDb(true).createDbPerMinute(1).start();
    System.setProperty("ppgtest.create-db-url", emulator.createDbUrl().toString());
    System.setProperty("ppgtest.claim-url", emulator.createDbUrl().toString());
  }

  @AfterAll
  static void stopService() {
    System.clearProperty("ppgtest.create-db-url");
    System.clearProperty("ppgtest.claim-url");
    emulator.close();
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  /** Finds its database empty after any class before. */
  private static void use(PrismaPostgresDatabase database, Connection connection)
      throws SQLException {
    assertThat(database.provider()).isEqualTo(Provider.TEMPORARY);
    assertThat(query(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .isEqualTo("0");
    execute(connection, "CREATE TABLE mine (id int)");
    SEEN.add(database.id());
  }

  @PrismaPostgres(provider = Provider.TEMPORARY)
  static class OneTestCases {
    @Test
    void findsItEmpty(PrismaPostgresDatabase database, Connection connection) throws SQLException {
      use(database, connection);
    }
  }

  static class TwoTestCases extends OneTestCases {}

  static class ThreeTestCases extends OneTestCases {}

  static class FourTestCases extends OneTestCases {}

  static class FiveTestCases extends OneTestCases {}

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void isOneForAllClassesWhichTakeTurns(int parallelism) {
    TestExecutionSummary summary =
        run(
            parallelism,
            OneTestCases.class,
            TwoTestCases.class,
            ThreeTestCases.class,
            FourTestCases.class,
            FiveTestCases.class);

    Summaries.assertPassed(summary, 5);
    assertThat(SEEN).hasSize(1);
  }

  @PrismaPostgres(provider = Provider.TEMPORARY)
  static class ManyTestsTestCases {
    @RepeatedTest(8)
    void waits(Connection connection) throws SQLException {
      execute(connection, "SELECT pg_sleep(0.02)");
    }
  }

  static class ManyMoreTestsTestCases extends ManyTestsTestCases {}

  static class StillMoreTestsTestCases extends ManyTestsTestCases {}

  static class MostTestsTestCases extends ManyTestsTestCases {}

  @PrismaPostgres(provider = Provider.TEMPORARY, isolation = Isolation.METHOD)
  static class EachMethodTestCases {
    @RepeatedTest(6)
    void findsItEmpty(PrismaPostgresDatabase database, Connection connection) throws SQLException {
      use(database, connection);
    }
  }

  static class MoreMethodsTestCases extends EachMethodTestCases {}

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void isOneForAllMethodsToo(int parallelism) {
    TestExecutionSummary summary =
        run(parallelism, EachMethodTestCases.class, OneTestCases.class, MoreMethodsTestCases.class);

    Summaries.assertPassed(summary, 6 + 1 + 6);
    assertThat(SEEN).hasSize(1);
  }

  /** A thread that waits for tests of a class must not begin the next class, which waits for it. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void takesTurnsWithClassesWhoseTestsRunAtOnce(int parallelism) {
    TestExecutionSummary summary =
        run(
            parallelism,
            ManyTestsTestCases.class,
            ManyMoreTestsTestCases.class,
            StillMoreTestsTestCases.class,
            MostTestsTestCases.class);

    Summaries.assertPassed(summary, 4 * 8);
  }

  @PrismaPostgres(provider = Provider.TEMPORARY)
  static class OuterTestCases {
    @Test
    void findsItEmpty(PrismaPostgresDatabase database, Connection connection) throws SQLException {
      use(database, connection);
    }

    @PrismaPostgres(provider = Provider.TEMPORARY)
    @Nested
    class WithItsOwn {
      @Test
      void isNotReached() {}
    }

    @Nested
    class Sharing {
      @Test
      void seesTheOuterOne(PrismaPostgresDatabase database) {
        SEEN.add(database.id());
      }
    }
  }

  @Test
  void isRefusedToANestedClassThatWantsItsOwnAtOnce() {
    TestExecutionSummary summary = run(1, OuterTestCases.class);

    assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
    assertThat(SEEN).hasSize(1);
    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getException())
                    .isInstanceOf(ProvisioningException.class)
                    .hasMessageStartingWith(
                        "WithItsOwn cannot have the temporary database of this run: OuterTestCases"
                            + " holds it, and gives it back only after WithItsOwn."));
  }

  private static TestExecutionSummary run(int parallelism, Class<?>... testCases) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Stream.of(testCases).map(c -> selectClass(c)).toArray(ClassSelector[]::new))
            .configurationParameter(
                "junit.jupiter.execution.parallel.enabled", Boolean.toString(parallelism > 1))
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                Integer.toString(parallelism))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }
}
