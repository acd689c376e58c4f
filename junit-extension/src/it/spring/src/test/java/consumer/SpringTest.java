package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.github.ppgtest.junit.PrismaPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Spring's parameters are Spring's, and the others ours. */
@SpringJUnitConfig
@PrismaPostgres
class SpringTest {

  @Configuration
  static class Beans {
    @Bean
    DataSource beans() {
      return new SimpleDriverDataSource();
    }
  }

  @Autowired private DataSource field;

  @Test
  void leavesWhatIsAutowiredToSpring(@Autowired DataSource bean, DataSource ours)
      throws SQLException {
    assertEquals(field, bean);
    assertNotSame(bean, ours);
    try (Connection connection = ours.getConnection()) {
      assertEquals(17, connection.getMetaData().getDatabaseMajorVersion());
    }
  }

  @Test
  void leavesWhatIsQualifiedToSpring(@Qualifier("beans") DataSource bean) {
    assertEquals(field, bean);
  }
}
