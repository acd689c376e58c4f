package com.example.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Shares its database with all other classes, so it uses products that are only its own. */
class PricesIT {
  @Test
  void areNeverNegative() throws SQLException {
    try (Connection connection = Database.connect()) {
      Catalog catalog = new Catalog(connection);

      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> catalog.add("prices-tea", -1))
          .withMessageContaining("price_cents");
      assertThat(catalog.priceCents("prices-tea")).isEmpty();
    }
    System.out.println("PricesIT used " + System.getenv("PPGTEST_DATABASE_NAME"));
  }
}
