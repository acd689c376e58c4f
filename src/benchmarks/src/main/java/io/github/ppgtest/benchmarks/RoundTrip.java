package io.github.ppgtest.benchmarks;

import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
import io.github.ppgtest.testsupport.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * A query's way to {@code prisma dev} and back: through the front of provider DEV, and through the
 * port that {@code prisma dev} opens itself. And the cost of returning a connection to a pool.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class RoundTrip {
  private static final String PLAIN =
      """
      import { startPrismaDevServer } from '@prisma/dev'
      const server = await startPrismaDevServer({ name: 'plain', persistenceMode: 'stateless' })
      console.log(new URL(server.database.connectionString).port)
      """;

  /** ppgtest's front. */
  @State(Scope.Benchmark)
  public static class Front {
    private final PrismaPostgresFixture fixture =
        PrismaPostgresFixture.builder().provider(Provider.DEV).label("benchmark").build();
    private Connection connection;

    @Setup(Level.Trial)
    public void start() throws SQLException {
      fixture.start();
      connection =
          DriverManager.getConnection(fixture.jdbcUrl(), fixture.username(), fixture.password());
    }

    @TearDown(Level.Trial)
    public void stop() throws SQLException {
      connection.close();
      fixture.stop();
    }
  }

  /** {@code prisma dev} itself, on the same Node.js and the same version. */
  @State(Scope.Benchmark)
  public static class Plain {
    private Path data;
    private Process process;
    private Connection connection;

    @Setup(Level.Trial)
    public void start() throws IOException, SQLException {
      try (PrismaPostgresFixture installed =
          PrismaPostgresFixture.builder().provider(Provider.DEV).label("benchmark").build()) {
        installed.start();
        start(DevHostProcess.find());
      }
    }

    private void start(DevHostProcess host) throws IOException, SQLException {
      data = Files.createTempDirectory("ppgtest-benchmarks");
      ProcessBuilder builder =
          new ProcessBuilder(host.node(), "--input-type=module", "--eval", PLAIN)
              .directory(host.directory().toFile())
              .redirectError(data.resolve("errors.txt").toFile());
      builder.environment().put("XDG_DATA_HOME", data.toString());
      process = builder.start();
      String port = process.inputReader().readLine();
      connection =
          DriverManager.getConnection(
              "jdbc:postgresql://localhost:" + port + "/template1?sslmode=disable",
              "postgres",
              "postgres");
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException, InterruptedException, SQLException {
      connection.close();
      process.destroyForcibly().waitFor();
      FileTree.delete(data);
    }
  }

  /** A query through the front, over TLS. */
  @Benchmark
  public int front(Front state) throws SQLException {
    return FirstRow.read(state.connection);
  }

  /** A query through {@code prisma dev}'s own port. */
  @Benchmark
  public int plain(Plain state) throws SQLException {
    return FirstRow.read(state.connection);
  }

  /**
   * A query through the front on a connection from the pool, which resets its session afterwards.
   */
  @Benchmark
  public int frontAndPool(Front state) throws SQLException {
    try (Connection connection = state.fixture.dataSource().getConnection()) {
      return FirstRow.read(connection);
    }
  }
}
