package io.github.ppgtest.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The share of a database's cost that is connecting to it: TCP, TLS, authentication. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 50)
@Measurement(iterations = 100)
@Fork(1)
@State(Scope.Benchmark)
public class Connecting {
  private final PrismaPostgresFixture fixture =
      PrismaPostgresFixture.builder().provider(Provider.EMBEDDED).label("benchmark").build();

  @Setup(Level.Trial)
  public void start() {
    fixture.start();
  }

  @TearDown(Level.Trial)
  public void stop() {
    fixture.stop();
  }

  /** A connection opened by the driver, used once and closed. */
  @Benchmark
  public int driver() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(fixture.jdbcUrl(), fixture.username(), fixture.password())) {
      return FirstRow.read(connection);
    }
  }

  /** The same through a pool that is opened for it and closed. */
  @Benchmark
  public int pool() throws SQLException {
    try (HikariDataSource pool = fixture.database().newDataSource(1);
        Connection connection = pool.getConnection()) {
      return FirstRow.read(connection);
    }
  }
}
