package com.example.shop;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Work on the database of which everything counts, or nothing. */
@FunctionalInterface
interface Transaction<T> {

  T run(Connection connection) throws SQLException;

  /** Runs a transaction: commits when it returns, rolls back when it throws. */
  static <T> T in(DataSource dataSource, Transaction<T> transaction) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = transaction.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        try {
          connection.rollback();
        } catch (SQLException rollback) {
          e.addSuppressed(rollback);
        }
        throw e;
      }
    }
  }
}
