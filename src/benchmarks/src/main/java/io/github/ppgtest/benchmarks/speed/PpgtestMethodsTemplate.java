package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.Isolation;
import io.github.ppgtest.junit.PrismaPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A database for each method from {@code @PrismaPostgres}. */
@PrismaPostgres(flyway = Shop.MIGRATIONS, isolation = Isolation.METHOD)
abstract class PpgtestMethodsTemplate {
  @Test
  void visitsFirst(Connection connection, TestReporter reporter) throws SQLException {
    Shop.visit(connection, reporter);
  }

  @Test
  void visitsSecond(Connection connection, TestReporter reporter) throws SQLException {
    Shop.visit(connection, reporter);
  }

  @Test
  void visitsThird(Connection connection, TestReporter reporter) throws SQLException {
    Shop.visit(connection, reporter);
  }

  @Test
  void visitsFourth(Connection connection, TestReporter reporter) throws SQLException {
    Shop.visit(connection, reporter);
  }

  @Test
  void visitsFifth(Connection connection, TestReporter reporter) throws SQLException {
    Shop.visit(connection, reporter);
  }
}
