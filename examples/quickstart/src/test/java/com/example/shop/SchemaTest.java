package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Takes a connection, which is closed after the test. */
@ShopDatabase
class SchemaTest {
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  @Test
  void beginsWithoutProducts(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM product")) {
      row.next();
      assertThat(row.getInt(1)).isZero();
    }
  }

  @Test
  void refusesAnOrderLineForNoProduct(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO customer_order (customer) VALUES ('Ada')");

      assertThatThrownBy(
              () ->
                  statement.execute(
                      """
                      INSERT INTO order_line (order_number, sku, quantity, price)
                      SELECT number, 'UNICORN', 1, 99.00 FROM customer_order
                      """))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(e.getSQLState()).isEqualTo(FOREIGN_KEY_VIOLATION));
    }
  }
}
