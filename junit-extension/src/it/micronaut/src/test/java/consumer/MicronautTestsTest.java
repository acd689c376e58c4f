package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.ppgtest.PrismaPostgresDatabase;
import io.github.ppgtest.junit.PrismaPostgres;
import io.micronaut.context.annotation.Factory;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A bean is Micronaut's, and what it has no bean for ours. */
@MicronautTest(startApplication = false)
@PrismaPostgres
class MicronautTestsTest {

  @Factory
  static class Beans {
    @Singleton
    DataSource bean() {
      return new PGSimpleDataSource();
    }
  }

  @Test
  void leavesABeanToMicronaut(DataSource bean, PrismaPostgresDatabase ours, Connection connection)
      throws SQLException {
    assertSame(PGSimpleDataSource.class, bean.getClass());
    assertEquals(ours.id(), connection.getCatalog());
  }
}
