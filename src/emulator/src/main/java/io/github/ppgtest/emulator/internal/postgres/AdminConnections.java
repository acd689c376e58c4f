package io.github.ppgtest.emulator.internal.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;

/** The superuser's connections, which nobody but the emulator has. Thread-safe. */
final class AdminConnections implements AutoCloseable {
  /** One for each core that could be copying a database, within what the server reserves. */
  static final int POOL_SIZE = ServerConfiguration.RESERVED - 2;

  /** How long the pool is waited for before a look whether the server still runs. */
  static final Duration ATTEMPT = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ServerProcess server;
  private final int port;
  private final Path certificate;
  private final String password;
  private final HikariDataSource pool;

  /**
   * @param certificate the file of the only certificate that is shown the password
   */
  AdminConnections(ServerProcess server, Path certificate, String password) {
    this.server = server;
    this.port = server.port();
    this.certificate = certificate;
    this.password = password;
    HikariConfig config = new HikariConfig();
    config.setPoolName("ppgtest-emulator-" + port);
    config.setJdbcUrl(url(PreparedCluster.MAINTENANCE));
    config.setDataSourceProperties(properties());
    config.setMaximumPoolSize(POOL_SIZE);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(ATTEMPT.toMillis());
    // The first one to need a connection makes it.
    config.setInitializationFailTimeout(-1);
    this.pool = new HikariDataSource(config);
  }

  /** Opens the first connection, so that the first database need not wait for it. */
  void open() {
    try {
      get().close();
    } catch (SQLException e) {
      close();
      throw Sql.failure("let its superuser in", e);
    }
  }

  /**
   * A pooled connection to the database that manages the others. While others have them all, this
   * waits: a thousand databases may be dropped at once, or a copy wait for a writer.
   */
  Connection get() throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      if (!server.isAlive()) {
        // The pool would try in vain.
        throw new SQLException("the server has ended; was it killed?");
      }
      try {
        return pool.getConnection();
      } catch (SQLTransientConnectionException e) {
        if (pool.isClosed() || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  /**
   * A new connection to this database; the caller closes it. It sees PostgreSQL's own functions and
   * operators only, unless they are qualified: a user's must not run as superuser.
   */
  Connection to(String database) throws SQLException {
    Properties properties = properties();
    properties.setProperty(
        "options", properties.getProperty("options") + " -c search_path=pg_catalog");
    return DriverManager.getConnection(url(database), properties);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", PreparedCluster.SUPERUSER);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "verify-ca");
    properties.setProperty("sslrootcert", certificate.toString());
    properties.setProperty("ApplicationName", "ppgtest emulator");
    // Prisma's limits are for users: a busy disk can make a copy last. Nor are these statements
    // anybody's use, and some hold a password, which the library would write to a file.
    properties.setProperty(
        "options",
        "-c statement_timeout=0 -c transaction_timeout=0 -c " + Statements.LIBRARY + ".track=none");
    return properties;
  }

  @Override
  public void close() {
    pool.close();
  }
}
