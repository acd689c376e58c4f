package com.example.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** The products of the shop. */
public final class Catalog {
  private static final String UNIQUE_VIOLATION = "23505";

  private final DataSource dataSource;

  public Catalog(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Adds a product.
   *
   * @throws DuplicateSkuException if there is one with the same SKU
   */
  public void add(Product product) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO product (sku, name, price, stock) VALUES (?, ?, ?, ?)")) {
      insert.setString(1, product.sku());
      insert.setString(2, product.name());
      insert.setBigDecimal(3, product.price());
      insert.setInt(4, product.stock());
      insert.executeUpdate();
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw new DuplicateSkuException(product.sku(), e);
      }
      throw e;
    }
  }

  /** Finds a product; empty if the shop has none with this SKU. */
  public Optional<Product> find(String sku) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT sku, name, price, stock FROM product WHERE sku = ?")) {
      select.setString(1, sku);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Product(
                    row.getString("sku"),
                    row.getString("name"),
                    row.getBigDecimal("price"),
                    row.getInt("stock")))
            : Optional.empty();
      }
    }
  }
}
