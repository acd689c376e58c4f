package io.github.ppgtest.benchmarks;

import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
import java.sql.Connection;
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
 * The cost of a test class in a warm JVM, as in a long test run. {@link SideBySide} has the cold
 * ones.
 *
 * <p>From the root of a clone, {@code mvn -q package -Pjmh -pl src/benchmarks -am -DskipTests} runs
 * all JMH benchmarks; {@code -Dbenchmark.args=DatabasePerClass} only these.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 50)
@Measurement(iterations = 100)
@Fork(1)
public class DatabasePerClass {

  /** A fixture for a measured call to start and an unmeasured one to stop. */
  @State(Scope.Thread)
  public static class Stopped {
    private final PrismaPostgresFixture fixture = fixture();

    @TearDown(Level.Invocation)
    public void stop() {
      fixture.stop();
    }
  }

  /** A fixture with a used database, which the measured call stops. */
  @State(Scope.Thread)
  public static class Used {
    private final PrismaPostgresFixture fixture = fixture();

    @Setup(Level.Invocation)
    public void use() throws SQLException {
      fixture.start();
      firstRow(fixture);
    }
  }

  /** From nothing to a row of a database that did not exist before. */
  @Benchmark
  public int startToFirstRow(Stopped state) throws SQLException {
    state.fixture.start();
    return firstRow(state.fixture);
  }

  /** Pools closed and database deleted. */
  @Benchmark
  public void stop(Used state) {
    state.fixture.stop();
  }

  private static PrismaPostgresFixture fixture() {
    return PrismaPostgresFixture.builder().provider(Provider.EMBEDDED).label("benchmark").build();
  }

  private static int firstRow(PrismaPostgresFixture fixture) throws SQLException {
    try (Connection connection = fixture.dataSource().getConnection()) {
      return FirstRow.read(connection);
    }
  }
}
