package com.example.orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What customers want. */
public final class Orders {
  private final Connection connection;

  public Orders(Connection connection) {
    this.connection = connection;
  }

  public void place(String sku, int quantity) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO orders (sku, quantity) VALUES (?, ?)")) {
      insert.setString(1, sku);
      insert.setInt(2, quantity);
      insert.executeUpdate();
    }
  }

  /** Returns what all orders of a product come to. */
  public long totalCents(String sku) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT coalesce(sum(quantity * price_cents), 0) FROM orders JOIN products USING (sku)"
                + " WHERE sku = ?")) {
      select.setString(1, sku);
      try (ResultSet result = select.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }
}
