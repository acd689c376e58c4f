package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerConfigurationTest {
  private static final PostgresSettings SETTINGS =
      new PostgresSettings(20, Duration.ofSeconds(10), Duration.ofSeconds(15), null, null, null);

  private static String text(Path home) {
    return ServerConfiguration.text(
        SETTINGS, new PostgresBinaries(home, "", Platform.current()), 5432);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lib/postgresql/pg_stat_statements.so",
        "lib/pg_stat_statements.so",
        "lib/postgresql/pg_stat_statements.dylib",
        "lib/pg_stat_statements.dll"
      })
  void countsStatementsWhereThereIsTheLibrary(String library, @TempDir Path home)
      throws IOException {
    Files.createDirectories(home.resolve(library).getParent());
    Files.createFile(home.resolve(library));

    assertThat(text(home)).contains("shared_preload_libraries = 'pg_stat_statements'");
  }

  /** A server that is to load what is not there does not start. */
  @Test
  void loadsNoLibraryThatAnInstallationLacks(@TempDir Path home) {
    assertThat(text(home)).doesNotContain("pg_stat_statements");
  }
}
