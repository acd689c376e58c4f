package io.github.ppgtest.benchmarks;

import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import io.github.ppgtest.management.CreateDatabase;
import io.github.ppgtest.management.CreateProject;
import io.github.ppgtest.management.Database;
import io.github.ppgtest.management.DatabaseStatus;
import io.github.ppgtest.management.ManagementApi;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The share of a database's cost that is calls to the API, and the emulator's work for them. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 50)
@Measurement(iterations = 100)
@Fork(1)
@State(Scope.Benchmark)
public class ManagementCalls {
  private final PrismaPostgresEmulator emulator = PrismaPostgresEmulator.start();
  private final ManagementApi api =
      ManagementApi.builder()
          .baseUrl(emulator.apiUrl())
          .serviceToken(emulator.serviceToken())
          .build();
  private final String projectId =
      api.projects().create(CreateProject.named("benchmark").withoutDatabase()).id();

  @TearDown(Level.Trial)
  public void stop() {
    emulator.close();
  }

  /** One call without effect: client, HTTP, server and JSON. */
  @Benchmark
  public String getProject() {
    return api.projects().get(projectId).id();
  }

  /** A database created, asked for until it is ready, without a pause, and deleted. */
  @Benchmark
  public void createAwaitDelete() {
    Database created = api.databases().create(CreateDatabase.inProject(projectId).named("x"));
    DatabaseStatus status = created.status();
    while (status == DatabaseStatus.PROVISIONING) {
      status = api.databases().get(created.id()).status();
    }
    if (status != DatabaseStatus.READY) {
      throw new IllegalStateException("The emulator's database became " + status + ".");
    }
    api.databases().delete(created.id());
  }
}
