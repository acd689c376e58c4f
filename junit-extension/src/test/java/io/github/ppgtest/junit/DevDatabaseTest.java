package io.github.ppgtest.junit;

import static io.github.ppgtest.junit.Databases.execute;
import static io.github.ppgtest.junit.Databases.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.Provider;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Test classes on the real {@code prisma dev}. */
@EnabledIf(
    value = "thereIsNpm",
    disabledReason = "Left out: test classes on prisma dev, because there is no npm on the path.")
@Execution(ExecutionMode.SAME_THREAD)
class DevDatabaseTest {
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  static boolean thereIsNpm() {
    return "true".equals(System.getenv("NOTHING_LEFT_OUT"))
        || Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(
                directory -> Stream.of(Path.of(directory, "npm"), Path.of(directory, "npm.cmd")))
            .anyMatch(Files::isExecutable);
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  @PrismaPostgres(provider = Provider.DEV, scripts = "numbers.sql")
  static class OneTestCases {
    @Test
    void findsItEmptyButForItsScripts(PrismaPostgresDatabase database, Connection connection)
        throws SQLException {
      assertThat(database.provider()).isEqualTo(Provider.DEV);
      assertThat(query(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
          .isEqualTo("1");
      execute(connection, "CREATE TABLE mine (id int)");
      SEEN.add(database.id());
    }

    @Test
    void takesItsConnectionsFromAPool(DataSource dataSource, Connection held) throws SQLException {
      execute(held, "SET work_mem = '7MB'");
      try (Connection other = dataSource.getConnection()) {
        assertThat(query(other, "SHOW work_mem")).isNotEqualTo("7MB");
      }
      assertThat(query(held, "SHOW work_mem")).isEqualTo("7MB");
    }
  }

  static class TwoTestCases extends OneTestCases {
    @PrismaPostgres(provider = Provider.DEV)
    @Nested
    class WithItsOwn {
      @Test
      void hasAnother(PrismaPostgresDatabase database) {
        SEEN.add(database.id());
      }
    }
  }

  static class ThreeTestCases extends OneTestCases {}

  @Test
  void givesEachClassADatabaseOfItsOwn() {
    LauncherRun.of(OneTestCases.class, TwoTestCases.class, ThreeTestCases.class).passed(7);
    assertThat(SEEN).hasSize(4);
  }

  @Test
  void givesClassesThatRunInParallelTheirsToo() {
    LauncherRun.inParallelOf(OneTestCases.class, TwoTestCases.class, ThreeTestCases.class)
        .passed(7);
    assertThat(SEEN).hasSize(4);
  }
}
