package io.github.ppgtest.examples;

import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import io.github.ppgtest.management.Database;
import io.github.ppgtest.management.ManagementApi;
import io.github.ppgtest.management.Project;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The emulator in the place of Prisma's cloud. */
record Cloud(PrismaPostgresEmulator emulator, ManagementApi api) implements AutoCloseable {

  static Cloud start() {
    PrismaPostgresEmulator emulator =
        PrismaPostgresEmulator.builder().authorizationServer(true).start();
    return new Cloud(
        emulator,
        ManagementApi.builder()
            .baseUrl(emulator.apiUrl())
            .serviceToken(emulator.serviceToken())
            .build());
  }

  /** Returns what tells programs where it is, without what lets them in. */
  Map<String, String> environment() {
    return Map.of("PPGTEST_API_URL", emulator.apiUrl().toString());
  }

  /** Returns what GitHub gives to a job with the permission {@code id-token: write}. */
  Map<String, String> oidc() {
    return emulator.gitHubActionsEnvironment();
  }

  String token() {
    return emulator.serviceToken();
  }

  /** Returns the names of all projects and databases. */
  List<String> names() {
    return Stream.concat(
            api.projects().all().map(Project::name), api.databases().all().map(Database::name))
        .toList();
  }

  @Override
  public void close() {
    emulator.close();
  }
}
