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
 * A pipeline that starts all its runners at once, in a workspace with a rate limit: {@code
 * -Drunners=50} for more of them. How long they wait is printed, and no matter for a test; a storm
 * is more refusals than a client has that waits as long as it is asked to, for as long as it lives.
 */
final class ManyRunnersIT {
  private static final int RUNNERS = Integer.getInteger("runners", 12);
  private static final int REQUESTS_PER_SECOND = Math.max(5, RUNNERS / 5);

  /** What one runner asks for at the same time, at most. */
  private static final int AT_ONCE = 3;

  private static final Duration ASKED_WAIT = Duration.ofSeconds(1);

  private record Life(Duration waited, Duration whole) {
    /** How often a client can be refused meanwhile. */
    long mostRefusals() {
      return AT_ONCE * (whole.dividedBy(ASKED_WAIT) + 1);
    }
  }

  @Test
  void allGetADatabaseWithoutAStorm(@TempDir Path directory) throws Exception {
    try (PrismaPostgresEmulator cloud = PrismaPostgresEmulator.start();
        // Acts on what the limit lets pass, so that it counts that.
        InjectedFault created =
            cloud
                .faults()
                .inject(
                    Fault.latency(Duration.ofNanos(1))
                        .on("POST", "/v1/projects")
                        .on("POST", "/v1/databases"));
        InjectedFault refused =
            cloud
                .faults()
                .inject(
                    Fault.rateLimited(ASKED_WAIT)
                        .beyond(REQUESTS_PER_SECOND, Duration.ofSeconds(1)));
        // However slowly they begin.
        InjectedFault refusedAtFirst =
            cloud.faults().inject(Fault.rateLimited(ASKED_WAIT).times(RUNNERS))) {
      List<Life> lives = runAll(directory, cloud);
      List<Duration> waits = lives.stream().map(Life::waited).sorted().toList();
      int refusals = refused.count() + refusedAtFirst.count();

      System.out.printf(
          "%d runners, %d requests a second: waited %.1f s, %.1f s, %.1f s (least, median, most);"
              + " %d requests refused%n",
          RUNNERS,
          REQUESTS_PER_SECOND,
          seconds(waits.get(0)),
          seconds(waits.get(RUNNERS / 2)),
          seconds(waits.get(RUNNERS - 1)),
          refusals);
      assertThat(refusedAtFirst.count()).isEqualTo(RUNNERS);
      assertThat(created.count()).as("projects and databases").isEqualTo(2 * RUNNERS);
      assertThat((long) refusals)
          .isLessThanOrEqualTo(lives.stream().mapToLong(Life::mostRefusals).sum());
      assertThat(projects(cloud)).isZero();
    }
  }

  private static List<Life> runAll(Path directory, PrismaPostgresEmulator cloud) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RUNNERS);
    try {
      List<Future<Life>> running = new ArrayList<>();
      for (int i = 0; i < RUNNERS; i++) {
        // Machines of their own.
        Household runner =
            Household.in(Files.createDirectory(directory.resolve("runner-" + i)))
                .with("PPGTEST_API_URL", cloud.apiUrl().toString())
                .with("PRISMA_SERVICE_TOKEN", cloud.serviceToken());
        running.add(threads.submit(() -> run(runner)));
      }
      List<Life> lives = new ArrayList<>();
      for (Future<Life> run : running) {
        lives.add(run.get());
      }
      return lives;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Life run(Household runner) throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (HouseholdProcess ppgtest = runner.ppgtest("run", "--", "echo", "there")) {
      ppgtest.awaitLine("there");
      Duration wait = Duration.ofNanos(System.nanoTime() - began);
      assertThat(ppgtest.exitCode()).as(ppgtest.errors()).isZero();
      assertThat(runner.ledgers()).isEmpty();
      return new Life(wait, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private static double seconds(Duration wait) {
    return wait.toMillis() / 1000.0;
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
