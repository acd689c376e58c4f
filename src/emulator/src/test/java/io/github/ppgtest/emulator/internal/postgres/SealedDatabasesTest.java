package io.github.ppgtest.emulator.internal.postgres;

import static io.github.ppgtest.emulator.internal.postgres.TestSql.execute;
import static io.github.ppgtest.emulator.internal.postgres.TestSql.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Templates, in PostgreSQL. */
final class SealedDatabasesTest {
  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server =
        PostgresServer.start(
            new PostgresSettings(
                3, Duration.ofMinutes(3), Duration.ofMinutes(3), null, null, null));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void areCopiedWithEverythingAndLetNobodyIn() throws SQLException {
    server.createDatabase("template");
    server.createLogin("template", "maker", "sk_maker");
    try (Connection connection = connect("template", "maker")) {
      execute(connection, "CREATE TABLE t (id serial PRIMARY KEY, word text UNIQUE)");
      execute(connection, "CREATE POLICY mine ON t TO CURRENT_USER");
      execute(connection, "INSERT INTO t (word) SELECT 'word ' || i FROM generate_series(1, 50) i");
      server.dropLogin("maker");
      server.sealDatabase("template");
    }

    server.createLogin("template", "intruder", "sk_intruder");
    assertThatThrownBy(() -> connect("template", "intruder"))
        .hasMessageContaining("not currently accepting connections");
    server.dropLogin("intruder");

    for (String copy : new String[] {"one", "two"}) {
      server.copyDatabase("template", copy);
      server.createLogin(copy, "login_" + copy, "sk_login_" + copy);
      try (Connection connection = connect(copy, "login_" + copy)) {
        assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("50");
        assertThat(value(connection, "INSERT INTO t (word) VALUES ('x') RETURNING id"))
            .isEqualTo("51");
        // What is known to the planner was found out once.
        assertThat(value(connection, "SELECT reltuples FROM pg_class WHERE relname = 't'"))
            .isEqualTo("50");
        execute(connection, "ALTER TABLE t ADD COLUMN more int");
        execute(connection, "DROP TABLE t");
      }
      server.dropDatabase(copy);
      server.dropLogin("login_" + copy);
    }
    server.dropDatabase("template");
  }

  @Test
  void areOrdinaryOnceAnotherTakesTheirPlace() throws SQLException {
    server.createDatabase("sealed");
    server.sealDatabase("sealed");
    server.createDatabase("other");
    server.replaceDatabase("sealed", "other");
    server.createLogin("sealed", "user", "sk_user");
    try (Connection connection = connect("sealed", "user")) {
      execute(connection, "CREATE TABLE t (id int)");
      server.copyDatabase("sealed", "copy");
    }
    server.createLogin("copy", "of_copy", "sk_of_copy");
    try (Connection connection = connect("copy", "of_copy")) {
      execute(connection, "DROP TABLE t");
    }
  }

  private static Connection connect(String database, String user) throws SQLException {
    return TestSql.connect(server, database, user, "sk_" + user);
  }
}
