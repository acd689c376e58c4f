package io.github.ppgtest.benchmarks.speed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A container of Testcontainers for each class, migrated with Flyway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerTemplate {
  private @Nullable PostgreSQLContainer container;

  @BeforeAll
  void start() {
    container = Container.start();
    Shop.migrate(Container.dataSource(container));
  }

  @Test
  void visits(TestReporter reporter) throws SQLException {
    try (Connection connection =
        Container.dataSource(Objects.requireNonNull(container)).getConnection()) {
      Shop.visit(connection, reporter);
    }
  }

  @AfterAll
  void stop() {
    if (container != null) {
      container.stop();
    }
  }
}
