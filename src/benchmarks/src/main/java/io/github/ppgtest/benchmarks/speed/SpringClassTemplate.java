package io.github.ppgtest.benchmarks.speed;

import io.zonky.test.db.AutoConfigureEmbeddedDatabase;
import io.zonky.test.db.AutoConfigureEmbeddedDatabase.DatabaseProvider;
import io.zonky.test.db.AutoConfigureEmbeddedDatabase.DatabaseType;
import io.zonky.test.db.AutoConfigureEmbeddedDatabase.RefreshMode;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** A database for each class from zonky's embedded-database-spring-test, with its templates. */
@SpringJUnitConfig(SpringContext.class)
@AutoConfigureEmbeddedDatabase(
    type = DatabaseType.POSTGRES,
    provider = DatabaseProvider.EMBEDDED,
    refresh = RefreshMode.BEFORE_CLASS)
abstract class SpringClassTemplate {
  @Test
  void visits(@Autowired DataSource dataSource, TestReporter reporter) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Shop.visit(connection, reporter);
    }
  }
}
