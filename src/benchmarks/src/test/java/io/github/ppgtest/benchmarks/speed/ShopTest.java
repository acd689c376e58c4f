package io.github.ppgtest.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class ShopTest {
  private final PrismaPostgresFixture fixture =
      PrismaPostgresFixture.builder().provider(Provider.EMBEDDED).label("shop").build();

  @BeforeEach
  void migrate() {
    fixture.start();
    Shop.migrate(fixture.dataSource());
  }

  @AfterEach
  void stop() {
    fixture.stop();
  }

  @Test
  void hasThirtyTables() throws SQLException {
    try (Connection connection = fixture.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
                    + " AND tablename <> 'flyway_schema_history'")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(30);
    }
  }

  @Test
  void refusesADatabaseThatSomebodyHasUsed(TestReporter reporter) throws SQLException {
    try (Connection connection = fixture.dataSource().getConnection()) {
      Shop.visit(connection, reporter);

      assertThatThrownBy(() -> Shop.visit(connection, reporter))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "The database has \"1000 rows, 5 migrations, 1 visits\" instead of"
                  + " \"1000 rows, 5 migrations, 0 visits\".");
    }
  }

  @Test
  void refusesADatabaseWithoutAllRows(TestReporter reporter) throws SQLException {
    try (Connection connection = fixture.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM purchase_item WHERE purchase_id = 1");

      assertThatThrownBy(() -> Shop.visit(connection, reporter))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("The database has \"997 rows, 5 migrations, 0 visits\"");
    }
  }
}
