package io.github.ppgtest.benchmarks.speed;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application of the tests on zonky's embedded-database-spring-test. */
@Configuration
class SpringContext {
  @Bean(initMethod = "migrate")
  Flyway flyway(DataSource dataSource) {
    return Shop.flyway(dataSource);
  }
}
