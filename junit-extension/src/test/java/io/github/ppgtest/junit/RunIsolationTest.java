package io.github.ppgtest.junit;

import static io.github.ppgtest.junit.Databases.execute;
import static io.github.ppgtest.junit.Databases.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.Isolation;
import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.junit.Databases.Access;
import io.github.ppgtest.spi.DatabaseRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("RunIsolationTest")
class RunIsolationTest {
  static final List<String> NAMES = new CopyOnWriteArrayList<>();
  static final List<Access> DATABASES = new CopyOnWriteArrayList<>();

  @BeforeEach
  void forget() {
    NAMES.clear();
    DATABASES.clear();
  }

  @PrismaPostgres(isolation = Isolation.RUN)
  abstract static class Shares {
    @Test
    void takesIt(PrismaPostgresDatabase database) throws SQLException {
      NAMES.add(nameOf(database));
      DATABASES.add(Access.to(database));
    }
  }

  static class OneTestCases extends Shares {}

  static class TwoTestCases extends Shares {
    @Nested
    class Inner {
      @Test
      void seesItToo(Connection connection) throws SQLException {
        NAMES.add(nameOf(connection));
      }
    }
  }

  static class ThreeTestCases extends Shares {}

  @Test
  void givesAllClassesOneDatabaseAndDeletesItAtTheEnd() {
    Execution.of(OneTestCases.class, TwoTestCases.class, ThreeTestCases.class).passed(4);

    assertThat(NAMES).hasSize(4).containsOnly(NAMES.get(0));
    DATABASES.forEach(Access::assertGone);
  }

  @Test
  void startsItOnceForClassesThatRunAtOnce() {
    Execution.inParallelOf(OneTestCases.class, TwoTestCases.class, ThreeTestCases.class).passed(4);

    assertThat(NAMES).hasSize(4).containsOnly(NAMES.get(0));
  }

  @PrismaPostgres(isolation = Isolation.RUN, scripts = "numbers.sql")
  static class WithAScriptTestCases {
    @Test
    void takesAnother(DataSource pool) throws SQLException {
      NAMES.add(nameOf(pool));
      execute(pool, "DELETE FROM number");
    }
  }

  @Test
  void givesClassesThatWantSomethingElseAnother() {
    Execution.of(OneTestCases.class, WithAScriptTestCases.class).passed(2);

    assertThat(NAMES).hasSize(2).doesNotHaveDuplicates();
  }

  @Disabled("on purpose")
  static class DisabledTestCases extends Shares {}

  /** Looks whether the one that was shared before is gone. */
  static class AfterwardsTestCases {
    @Test
    void isGone() {
      // The end of a run waits for the deletions under way.
      DatabaseRun.begin().close();
      DATABASES.forEach(Access::assertGone);
    }
  }

  @Test
  void deletesItAfterTheLastClassThatWantsItWhereThePlanIsKnown() {
    LauncherRun run =
        LauncherRun.of(
            OneTestCases.class,
            TwoTestCases.class,
            DisabledTestCases.class,
            AfterwardsTestCases.class);

    run.passed(4);
    assertThat(DATABASES).hasSize(2);
  }
}
