package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.example.catalog.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Shares its database with all other classes, so it uses products that are only its own. */
class UnknownProductIT {
  @Test
  void cannotBeOrdered() throws SQLException {
    try (Connection connection = Database.connect()) {
      Orders orders = new Orders(connection);

      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> orders.place("unknown-tea", 1))
          .withMessageContaining("products");
      assertThat(orders.totalCents("unknown-tea")).isZero();
    }
    System.out.println("UnknownProductIT used " + System.getenv("PPGTEST_DATABASE_NAME"));
  }
}
