package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.catalog.Catalog;
import com.example.catalog.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Shares its database with all other classes, so it uses products that are only its own. */
class OrdersIT {
  @Test
  void addUp() throws SQLException {
    try (Connection connection = Database.connect()) {
      new Catalog(connection).add("orders-tea", 450);
      Orders orders = new Orders(connection);

      orders.place("orders-tea", 2);
      orders.place("orders-tea", 1);

      assertThat(orders.totalCents("orders-tea")).isEqualTo(1350);
    }
    System.out.println("OrdersIT used " + System.getenv("PPGTEST_DATABASE_NAME"));
  }
}
