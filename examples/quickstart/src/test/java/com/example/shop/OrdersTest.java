package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Begins every test with the same stock. Nested classes see the database of the class around them.
 */
@ShopDatabase
class OrdersTest {
  private final Catalog catalog;
  private final Orders orders;

  OrdersTest(DataSource dataSource) {
    this.catalog = new Catalog(dataSource);
    this.orders = new Orders(dataSource);
  }

  @BeforeEach
  void fillTheShelves(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE product, customer_order, order_line RESTART IDENTITY");
    }
    catalog.add(new Product("CUP", "Teacup", new BigDecimal("4.50"), 10));
    catalog.add(new Product("TEA", "Darjeeling, 100 g", new BigDecimal("8.00"), 2));
  }

  @Nested
  class WhenEverythingIsInStock {

    @Test
    void takesItFromTheStock() throws SQLException {
      orders.place("Ada", Map.of("CUP", 4, "TEA", 1));

      assertThat(stockOf("CUP")).isEqualTo(6);
      assertThat(stockOf("TEA")).isEqualTo(1);
    }

    @Test
    void addsUpThePrices() throws SQLException {
      Order order = orders.place("Ada", Map.of("CUP", 4, "TEA", 1));

      assertThat(order.total()).isEqualByComparingTo("26.00");
      assertThat(orders.placedBy("Ada")).containsExactly(order);
    }
  }

  @Nested
  class WhenOneThingIsMissing {

    /** The cups are sold first, and must come back: the transaction counts as a whole. */
    @Test
    void sellsNothingIfThereAreTooFew() throws SQLException {
      assertThatThrownBy(() -> orders.place("Ada", Map.of("CUP", 4, "TEA", 3)))
          .isInstanceOf(OutOfStockException.class)
          .hasMessage("Fewer than 3 of TEA are in stock.");

      assertThat(stockOf("CUP")).isEqualTo(10);
      assertThat(stockOf("TEA")).isEqualTo(2);
      assertThat(orders.placedBy("Ada")).isEmpty();
    }

    @Test
    void sellsNothingIfTheShopDoesNotHaveIt() throws SQLException {
      assertThatThrownBy(() -> orders.place("Ada", Map.of("CUP", 4, "UNICORN", 1)))
          .isInstanceOf(NoSuchElementException.class)
          .hasMessage("There is no product with SKU UNICORN.");

      assertThat(stockOf("CUP")).isEqualTo(10);
      assertThat(orders.placedBy("Ada")).isEmpty();
    }
  }

  private int stockOf(String sku) throws SQLException {
    return catalog.find(sku).orElseThrow().stock();
  }
}
