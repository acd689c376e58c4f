package io.github.ppgtest.benchmarks.speed;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container. */
final class Container {
  /** The system property that names the image. */
  static final String IMAGE = "benchmark.image";

  private static final String DEFAULT_IMAGE = "postgres:17";

  private Container() {}

  /** Returns whether containers can run here. */
  static boolean isPossible() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  static String image() {
    return System.getProperty(IMAGE, DEFAULT_IMAGE);
  }

  @SuppressWarnings("resource") // The caller's.
  static PostgreSQLContainer start() {
    PostgreSQLContainer container = new PostgreSQLContainer(image());
    container.start();
    return container;
  }

  static DataSource dataSource(PostgreSQLContainer container) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(container.getJdbcUrl());
    dataSource.setUser(container.getUsername());
    dataSource.setPassword(container.getPassword());
    return dataSource;
  }
}
