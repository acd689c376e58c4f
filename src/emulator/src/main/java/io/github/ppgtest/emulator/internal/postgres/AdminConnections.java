package io.github.ppgtest.emulator.internal.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.github.ppgtest.emulator.DirectSocketFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The superuser's connections, which only the emulator has. Unqualified names mean PostgreSQL's own
 * functions and operators only: a user's must not run as superuser. A connection's own options
 * override settings of a role or a database. Thread-safe.
 */
final class AdminConnections implements AutoCloseable {
  /**
   * One for each core that could be copying a database, within the connections that the server
   * reserves.
   */
  static final int POOL_SIZE = ServerConfiguration.RESERVED - 2;

  /** How long to wait for the pool before checking that the server still runs. */
  static final Duration ATTEMPT = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ServerProcess server;
  private final int port;
  private final Path certificate;
  private final String password;
  private final HikariDataSource pool;

  /**
   * @param certificate the file of the only certificate that receives the password
   */
  AdminConnections(ServerProcess server, Path certificate, String password) {
    this.server = server;
    this.port = server.port();
    this.certificate = certificate;
    this.password = password;
    this.pool = new HikariDataSource();
    pool.setPoolName("ppgtest-emulator-" + port);
    pool.setDataSource(new Maintenance());
    pool.setMaximumPoolSize(POOL_SIZE);
    pool.setConnectionTimeout(ATTEMPT.toMillis());
    // The first is opened in the thread that asks for it, and fails at once with its own cause.
    pool.setMinimumIdle(1);
    pool.setInitializationFailTimeout(1);
    // Nothing between here and there ends them. Without times to keep, a pool that can start no
    // thread for these says so; HikariCP would throw a NullPointerException.
    pool.setMaxLifetime(0);
    pool.setKeepaliveTime(0);
  }

  /** Opens the first connection, so that the first database need not wait for it. */
  void open() {
    try {
      get().close();
      pool.setMinimumIdle(0);
    } catch (SQLException e) {
      close();
      server.throwIfEndedByOthers(e);
      if (e.getCause() instanceof SSLException) {
        throw new CannotRunHereException(
            "PostgreSQL and this JVM could not agree on TLS: "
                + e.getMessage()
                + ". Do the JVM's security properties (jdk.tls.disabledAlgorithms,"
                + " jdk.certpath.disabledAlgorithms) and its system properties"
                + " (jdk.tls.client.protocols, jdk.tls.client.cipherSuites, jdk.tls.namedGroups)"
                + " leave it TLS 1.2 or 1.3, RSA and the curve secp256r1, which PostgreSQL has?",
            e);
      }
      throw Sql.failure("let its superuser in", e);
    }
  }

  /**
   * Returns a pooled connection to the database that manages the others. Waits while all are in
   * use: a thousand databases may be dropped at once, or a copy wait for a writer.
   */
  Connection get() throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      if (!server.isAlive()) {
        // The pool would retry in vain.
        throw new SQLException("the server has ended; was it killed?");
      }
      try {
        return pool.getConnection();
      } catch (SQLTransientConnectionException e) {
        if (e.getCause() instanceof SQLException refusal && !mayPass(refusal)) {
          throw refusal;
        }
        if (pool.isClosed() || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  /**
   * Returns whether a running server may admit its superuser later: it has no room (53), starts
   * anew after a crash (57), or is slow.
   */
  private static boolean mayPass(SQLException refusal) {
    String state = String.valueOf(refusal.getSQLState());
    Throwable cause = refusal.getCause();
    return state.startsWith("53")
        || state.startsWith("57")
        || cause instanceof IOException
            && !(cause instanceof ConnectException)
            && !(cause instanceof SSLException);
  }

  /**
   * Returns a new connection to this database; the caller closes it. It asks the driver itself,
   * which may have been deregistered from the DriverManager.
   */
  Connection to(String database) throws SQLException {
    return Objects.requireNonNull(new Driver().connect(url(database), properties()));
  }

  /** The data source of the pool's connections. */
  private final class Maintenance extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    @Override
    public Connection getConnection() throws SQLException {
      return to(PreparedCluster.MAINTENANCE);
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://" + ServerConfiguration.ADDRESS + ":" + port + "/" + database;
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", PreparedCluster.SUPERUSER);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "verify-ca");
    properties.setProperty("sslrootcert", certificate.toString());
    DirectSocketFactory.forHost(ServerConfiguration.ADDRESS)
        .ifPresent(factory -> properties.setProperty("socketFactory", factory));
    properties.setProperty("ApplicationName", "ppgtest emulator");
    // Prisma's limits are for users: a busy disk can make a copy last. Nor are these statements
    // usage, which the library counts.
    properties.setProperty(
        "options",
        "-c search_path=pg_catalog,pg_temp -c statement_timeout=0 -c transaction_timeout=0 -c "
            + Statements.LIBRARY
            + ".track=none");
    return properties;
  }

  @Override
  public void close() {
    pool.close();
  }
}
