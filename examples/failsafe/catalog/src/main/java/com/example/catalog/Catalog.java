package com.example.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;

/** What the shop sells. */
public final class Catalog {
  private final Connection connection;

  public Catalog(Connection connection) {
    this.connection = connection;
  }

  public void add(String sku, int priceCents) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO products (sku, price_cents) VALUES (?, ?)")) {
      insert.setString(1, sku);
      insert.setInt(2, priceCents);
      insert.executeUpdate();
    }
  }

  public OptionalInt priceCents(String sku) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT price_cents FROM products WHERE sku = ?")) {
      select.setString(1, sku);
      try (ResultSet result = select.executeQuery()) {
        return result.next() ? OptionalInt.of(result.getInt(1)) : OptionalInt.empty();
      }
    }
  }
}
