package io.github.ppgtest.benchmarks;

import io.github.ppgtest.Provider;
import io.github.ppgtest.junit.PrismaPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Test classes on {@code prisma dev}. Each goes on for a while after its first row, as classes do:
 * time in which the server of the next one starts.
 */
final class DevClasses {
  private static final Duration WORK = Duration.ofSeconds(2);

  private DevClasses() {}

  @PrismaPostgres(provider = Provider.DEV)
  abstract static class WithServer {
    @Test
    void readsItsFirstRow(Connection connection, TestReporter reporter)
        throws SQLException, InterruptedException {
      FirstRow.read(connection, reporter);
      Thread.sleep(WORK.toMillis());
    }
  }

  static final class Class01 extends WithServer {}

  static final class Class02 extends WithServer {}

  static final class Class03 extends WithServer {}

  static final class Class04 extends WithServer {}

  static final class Class05 extends WithServer {}

  static final class Class06 extends WithServer {}

  static final class Class07 extends WithServer {}

  static final class Class08 extends WithServer {}

  static final class Class09 extends WithServer {}

  static final class Class10 extends WithServer {}
}
