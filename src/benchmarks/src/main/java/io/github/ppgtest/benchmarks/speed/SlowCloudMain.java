package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.emulator.Fault;
import io.github.ppgtest.emulator.InjectedFault;
import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import io.github.ppgtest.emulator.RequestFault;
import io.github.ppgtest.management.CreateProject;
import io.github.ppgtest.management.ManagementApi;
import io.github.ppgtest.management.Project;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An emulator that takes as long as Prisma's cloud, in a process of its own. It reads its token,
 * ends with its input, and then prints how often it was slow.
 */
final class SlowCloudMain {
  private static final String DATABASES = "/v1/databases";
  private static final String DATABASE = DATABASES + "/{databaseId}";

  private static final int WARM_UP = 20;

  private SlowCloudMain() {}

  /** Takes the latencies of creation, readiness and deletion, in milliseconds. */
  public static void main(String[] arguments) throws IOException {
    Fault creation = latency(arguments[0]).on("POST", DATABASES);
    // A database is ready when it is created here; so the answer that shows it has to be late.
    Fault ready = latency(arguments[1]).on("GET", DATABASE);
    Fault deletion = latency(arguments[2]).on("DELETE", DATABASE);
    try (BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrismaPostgresEmulator emulator = warm(input.readLine());
        InjectedFault created = emulator.faults().inject(creation);
        InjectedFault asked = emulator.faults().inject(ready);
        InjectedFault deleted = emulator.faults().inject(deletion)) {
      System.out.println(emulator.apiUrl());
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        System.out.println(created.count() + " " + asked.count() + " " + deleted.count());
      }
    }
  }

  /** Returns a warm emulator, as Prisma's cloud is. */
  private static PrismaPostgresEmulator warm(String token) {
    PrismaPostgresEmulator emulator = PrismaPostgresEmulator.builder().serviceToken(token).start();
    try (ManagementApi api =
        ManagementApi.builder().baseUrl(emulator.apiUrl()).serviceToken(token).build()) {
      for (int i = 0; i < WARM_UP; i++) {
        Project project = api.projects().create(CreateProject.named("warm-up"));
        api.projects().delete(project.id());
      }
      return emulator;
    } catch (RuntimeException | Error e) {
      emulator.close();
      throw e;
    }
  }

  private static RequestFault latency(String millis) {
    return Fault.latency(Duration.ofMillis(Long.parseLong(millis)));
  }
}
