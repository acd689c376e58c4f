package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Takes a pool. Its tests share the class's database, so that each has a SKU of its own. */
@ShopDatabase
class CatalogTest {
  private final Catalog catalog;

  CatalogTest(DataSource dataSource) {
    this.catalog = new Catalog(dataSource);
  }

  @Test
  void findsWhatWasAdded() throws SQLException {
    Product mug = new Product("MUG", "Mug, blue", new BigDecimal("9.50"), 12);

    catalog.add(mug);

    assertThat(catalog.find("MUG")).contains(mug);
  }

  @Test
  void findsNothingUnderAnUnknownSku() throws SQLException {
    assertThat(catalog.find("UNICORN")).isEmpty();
  }

  /** The database refuses it, by its primary key; the shop says it in its own words. */
  @Test
  void refusesASecondProductWithTheSameSku() throws SQLException {
    Product first = new Product("POT", "Teapot", new BigDecimal("24.00"), 3);
    Product second = new Product("POT", "Flower pot", new BigDecimal("7.00"), 8);
    catalog.add(first);

    assertThatThrownBy(() -> catalog.add(second))
        .isInstanceOf(DuplicateSkuException.class)
        .hasMessage("There is already a product with SKU POT.");
    assertThat(catalog.find("POT")).contains(first);
  }
}
