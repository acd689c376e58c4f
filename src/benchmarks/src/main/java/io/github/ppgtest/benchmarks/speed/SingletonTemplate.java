package io.github.ppgtest.benchmarks.speed;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** One container of Testcontainers for all classes, emptied and migrated by each with Flyway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SingletonTemplate {

  @BeforeAll
  void migrateAnew() {
    Shop.migrateAnew(One.DATABASE);
  }

  @Test
  void visits(TestReporter reporter) throws SQLException {
    try (Connection connection = One.DATABASE.getConnection()) {
      Shop.visit(connection, reporter);
    }
  }

  /** Started by the first class that needs it, and never stopped, as is usual. */
  private static final class One {
    static final DataSource DATABASE = Container.dataSource(Container.start());
  }
}
