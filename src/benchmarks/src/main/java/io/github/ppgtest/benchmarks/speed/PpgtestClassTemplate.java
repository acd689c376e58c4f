package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.junit.PrismaPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A database for each class from {@code @PrismaPostgres}. */
@PrismaPostgres(flyway = Shop.MIGRATIONS)
abstract class PpgtestClassTemplate {
  @Test
  void visits(Connection connection, TestReporter reporter) throws SQLException {
    Shop.visit(connection, reporter);
  }
}
