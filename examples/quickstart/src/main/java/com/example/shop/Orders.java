package com.example.shop;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The orders of the shop's customers. */
public final class Orders {
  private static final String CHECK_VIOLATION = "23514";

  private final DataSource dataSource;

  public Orders(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Sells everything in a cart, or nothing.
   *
   * @param cart how many of which SKU
   * @throws OutOfStockException if there are too few of one of them
   * @throws NoSuchElementException if the shop does not have one of them
   * @throws IllegalArgumentException if the cart is empty, or one of its quantities less than 1
   */
  public Order place(String customer, Map<String, Integer> cart) throws SQLException {
    if (cart.isEmpty() || cart.values().stream().anyMatch(quantity -> quantity < 1)) {
      throw new IllegalArgumentException("This cart cannot be sold: " + cart);
    }
    return Transaction.in(dataSource, connection -> sell(connection, customer, cart));
  }

  /** Lists the orders of a customer, oldest first. */
  public List<Order> placedBy(String customer) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT number, customer, sum(quantity * price) AS total
                FROM customer_order JOIN order_line ON order_number = number
                WHERE customer = ?
                GROUP BY number
                ORDER BY number
                """)) {
      select.setString(1, customer);
      try (ResultSet row = select.executeQuery()) {
        List<Order> orders = new ArrayList<>();
        while (row.next()) {
          orders.add(
              new Order(
                  row.getLong("number"), row.getString("customer"), row.getBigDecimal("total")));
        }
        return orders;
      }
    }
  }

  private static Order sell(Connection connection, String customer, Map<String, Integer> cart)
      throws SQLException {
    long number = insertOrder(connection, customer);
    BigDecimal total = BigDecimal.ZERO;
    // Everybody locks products in the same order, so that no two customers wait for each other.
    for (Map.Entry<String, Integer> line : new TreeMap<>(cart).entrySet()) {
      BigDecimal price = takeFromStock(connection, line.getKey(), line.getValue());
      insertLine(connection, number, line.getKey(), line.getValue(), price);
      total = total.add(price.multiply(BigDecimal.valueOf(line.getValue())));
    }
    return new Order(number, customer, total);
  }

  private static long insertOrder(Connection connection, String customer) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO customer_order (customer) VALUES (?) RETURNING number")) {
      insert.setString(1, customer);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong("number");
      }
    }
  }

  /** Locks the product's row until the transaction ends, and tells what one costs. */
  private static BigDecimal takeFromStock(Connection connection, String sku, int quantity)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE product SET stock = stock - ? WHERE sku = ? RETURNING price")) {
      update.setInt(1, quantity);
      update.setString(2, sku);
      try (ResultSet row = update.executeQuery()) {
        if (!row.next()) {
          throw new NoSuchElementException("There is no product with SKU " + sku + ".");
        }
        return row.getBigDecimal("price");
      }
    } catch (SQLException e) {
      if (CHECK_VIOLATION.equals(e.getSQLState())) {
        throw new OutOfStockException(sku, quantity, e);
      }
      throw e;
    }
  }

  private static void insertLine(
      Connection connection, long order, String sku, int quantity, BigDecimal price)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO order_line (order_number, sku, quantity, price) VALUES (?, ?, ?, ?)")) {
      insert.setLong(1, order);
      insert.setString(2, sku);
      insert.setInt(3, quantity);
      insert.setBigDecimal(4, price);
      insert.executeUpdate();
    }
  }
}
