package io.github.ppgtest.junit.internal;

import io.github.ppgtest.emulator.Faults;
import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import io.github.ppgtest.management.ManagementApi;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** An emulator in the role of the cloud, for JVMs that a test starts. */
final class LocalCloud implements AutoCloseable {
  private final PrismaPostgresEmulator emulator = PrismaPostgresEmulator.start();
  private final ManagementApi api =
      ManagementApi.builder()
          .baseUrl(emulator.apiUrl())
          .serviceToken(emulator.serviceToken())
          .build();

  ManagementApi api() {
    return api;
  }

  Faults faults() {
    return emulator.faults();
  }

  /** Starts a JVM with databases of this cloud. */
  ChildJvm startRun(Class<?> run, Map<String, String> settings, String argument)
      throws IOException {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("PPGTEST_PROVIDER", "cloud");
    environment.put("PPGTEST_API_URL", emulator.apiUrl().toString());
    environment.put("PRISMA_SERVICE_TOKEN", emulator.serviceToken());
    return ChildJvm.start(run, environment, argument);
  }

  /** Returns the classes that databases in its projects are named after. */
  Stream<String> owners() {
    return api.projects()
        .all()
        .flatMap(project -> api.databases().all(project.id()))
        .map(database -> database.name().split("_")[1])
        .sorted();
  }

  @Override
  public void close() {
    api.close();
    emulator.close();
  }
}
