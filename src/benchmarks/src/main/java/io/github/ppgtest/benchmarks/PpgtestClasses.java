package io.github.ppgtest.benchmarks;

import io.github.ppgtest.junit.PrismaPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Test classes with {@code @PrismaPostgres}. */
final class PpgtestClasses {
  private PpgtestClasses() {}

  @PrismaPostgres
  abstract static class WithDatabase {
    @Test
    void readsItsFirstRow(Connection connection, TestReporter reporter) throws SQLException {
      FirstRow.read(connection, reporter);
    }
  }

  static final class Class01 extends WithDatabase {}

  static final class Class02 extends WithDatabase {}

  static final class Class03 extends WithDatabase {}

  static final class Class04 extends WithDatabase {}

  static final class Class05 extends WithDatabase {}

  static final class Class06 extends WithDatabase {}

  static final class Class07 extends WithDatabase {}

  static final class Class08 extends WithDatabase {}

  static final class Class09 extends WithDatabase {}

  static final class Class10 extends WithDatabase {}
}
