package io.github.ppgtest.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.emulator.Fault;
import io.github.ppgtest.emulator.InjectedFault;
import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import io.github.ppgtest.management.ManagementApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pipeline that starts all its runners at once, in a workspace whose rate is limited: {@code
 * -Drunners=50} for more of them. How long they wait is printed, and no matter for a test.
 */
final class ManyRunnersIT {
  private static final int RUNNERS = Integer.getInteger("runners", 12);
  private static final int REQUESTS_PER_SECOND = Math.max(5, RUNNERS / 5);

  @Test
  void allGetADatabaseWithoutAStorm(@TempDir Path directory) throws Exception {
    try (PrismaPostgresEmulator cloud = PrismaPostgresEmulator.start();
        // Acts on what the limit lets pass, so that it counts that.
        InjectedFault served = cloud.faults().inject(Fault.latency(Duration.ofNanos(1)));
        InjectedFault refused =
            cloud
                .faults()
                .inject(
                    Fault.rateLimited(Duration.ofSeconds(1))
                        .beyond(REQUESTS_PER_SECOND, Duration.ofSeconds(1)))) {
      List<Duration> waits = runAll(directory, cloud);

      System.out.printf(
          "%d runners, %d requests a second: waited %s, %s, %s (least, median, most);"
              + " %d requests served, %d refused%n",
          RUNNERS,
          REQUESTS_PER_SECOND,
          waits.get(0),
          waits.get(RUNNERS / 2),
          waits.get(RUNNERS - 1),
          served.count(),
          refused.count());
      assertThat(refused.count()).as("the limit was felt").isPositive();
      assertThat(served.count()).isLessThanOrEqualTo(RUNNERS * 12);
      assertThat(refused.count()).isLessThanOrEqualTo(served.count() * 2);
      assertThat(projects(cloud)).isZero();
    }
  }

  /** Returns how long each waited for its database, the shortest first. */
  private static List<Duration> runAll(Path directory, PrismaPostgresEmulator cloud)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RUNNERS);
    try {
      List<Future<Duration>> running = new ArrayList<>();
      for (int i = 0; i < RUNNERS; i++) {
        // Machines of their own.
        Household runner =
            Household.in(Files.createDirectory(directory.resolve("runner-" + i)))
                .with("PPGTEST_API_URL", cloud.apiUrl().toString())
                .with("PRISMA_SERVICE_TOKEN", cloud.serviceToken());
        running.add(threads.submit(() -> run(runner)));
      }
      List<Duration> waits = new ArrayList<>();
      for (Future<Duration> run : running) {
        waits.add(run.get());
      }
      return waits.stream().sorted().toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private static Duration run(Household runner) throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (HouseholdProcess ppgtest = runner.ppgtest("run", "--", "echo", "there")) {
      ppgtest.awaitLine("there");
      Duration wait = Duration.ofMillis((System.nanoTime() - began) / 1_000_000);
      assertThat(ppgtest.exitCode()).as(ppgtest.errors()).isZero();
      assertThat(runner.ledgers()).isEmpty();
      return wait;
    }
  }

  private static long projects(PrismaPostgresEmulator cloud) {
    try (ManagementApi api =
        ManagementApi.builder()
            .baseUrl(cloud.apiUrl())
            .serviceToken(cloud.serviceToken())
            .build()) {
      return api.projects().all().count();
    }
  }
}
