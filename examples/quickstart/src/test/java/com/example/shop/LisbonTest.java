package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Writes the same keys as {@link BerlinTest}, SKU and order number, perhaps at the same moment. The
 * two never meet: each class has its own database.
 */
@ShopDatabase
class LisbonTest {

  @Test
  void hasItsOwnPriceAndItsOwnFirstOrder(DataSource dataSource) throws SQLException {
    new Catalog(dataSource).add(new Product("TEA", "Tea", new BigDecimal("2.50"), 10));

    Order order = new Orders(dataSource).place("Ada", Map.of("TEA", 10));

    assertThat(order).isEqualTo(new Order(1, "Ada", new BigDecimal("25.00")));
  }
}
