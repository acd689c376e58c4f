package io.github.ppgtest.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientEnvironmentTest {
  private final Variables variables =
      new Variables(
          "db_1",
          "a",
          "cloud",
          "postgres://user:secret@my_host:5432/a?sslmode=require",
          "jdbc:postgresql://my_host:5432/a?sslmode=require",
          "user",
          "secret",
          null,
          null);
  private final ClientEnvironment environment = new ClientEnvironment(variables);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://h/d",
        "POSTGRESQL://h/d",
        " 'postgresql+asyncpg://h/d'",
        "jdbc:postgresql://h/d",
        "jdbc:postgresql:d",
        "jdbc:pgsql://h/d",
        "jdbc-secretsmanager:postgresql://h/d",
        "prisma+postgres://h/?api_key=k",
        "postgis://h/d",
        "psql://h/d",
        "ecto://h/d",
        "r2dbc:pool:postgresql://h/d",
        "host=h dbname=d",
        "pgsql:host=h;port=5432;dbname=d",
        "dbi:Pg:dbname=d;host=h",
        "pg://h/d",
        "pgx5://h/d",
        "vertx-reactive:postgresql://h/d",
        "jdbc:p6spy:postgresql://h/d",
        "-Xmx1g -Dspring.datasource.url=jdbc:postgresql://h/d",
        "{\"spring\": {\"r2dbc\": {\"url\": \"r2dbc:postgresql://h/d\"}}}"
      })
  void seesADatabaseIn(String value) {
    assertThat(environment.othersIn(Map.of("OTHER", value))).containsExactly("OTHER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "://",
        "http://postgres/d",
        "mysql://h/d",
        "postgres",
        "postgres-backup://h",
        "epsql://h",
        "see postgres://h/d",
        "postgres:http://h",
        "jpg://h/d",
        "mysql:host=h;dbname=d",
        "-Dspring.datasource.url=jdbc:h2:mem:postgresql"
      })
  void seesNoneIn(String value) {
    assertThat(environment.othersIn(Map.of("OTHER", value))).isEmpty();
  }

  /** As much as a variable can have; where time grew with its square, this would take minutes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres",
        "postgres:",
        "a",
        " ",
        "host=",
        "-pgsql+",
        "psql",
        "jdbc:",
        "jdbc:a",
        "pgsql:"
      })
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsAVariableOfAnyLength(String repeated) {
    assertThat(
            environment.othersIn(Map.of("OTHER", repeated.repeat((1 << 20) / repeated.length()))))
        .isEmpty();
  }

  @Test
  void namesAHostWithAnUnderscore() {
    assertThat(variables.forProcesses())
        .containsEntry("PGHOST", "my_host")
        .containsEntry("PGPORT", "5432")
        .containsEntry("PGDATABASE", "a");
  }
}
