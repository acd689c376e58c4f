package com.example.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Shares its database with all other classes, so it uses products that are only its own. */
class CatalogIT {
  @Test
  void knowsThePriceOfWhatWasAdded() throws SQLException {
    try (Connection connection = Database.connect()) {
      Catalog catalog = new Catalog(connection);

      catalog.add("catalog-tea", 450);

      assertThat(catalog.priceCents("catalog-tea")).hasValue(450);
      assertThat(catalog.priceCents("catalog-coffee")).isEmpty();
    }
    System.out.println("CatalogIT used " + System.getenv("PPGTEST_DATABASE_NAME"));
  }
}
