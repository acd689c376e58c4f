package io.github.ppgtest.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The workflows that Prisma's pages show with curl. */
final class CurlTest {

  @BeforeAll
  static void needs() throws Exception {
    Needs.programs("the curl workflows of Prisma's pages", "bash", "curl", "jq", "psql");
  }

  @Test
  void createsListsConnectsAndDeletes() throws Exception {
    try (PrismaPostgresEmulator emulator = PrismaPostgresEmulator.start()) {
      Program workflow =
          Program.run(
              Path.of("src", "test", "shell"),
              Map.of(
                  "API",
                  emulator.apiUrl() + "/v1",
                  "PRISMA_SERVICE_TOKEN",
                  emulator.serviceToken()),
              List.of("bash", "workflow.sh"));

      assertThat(workflow.status()).as(workflow.output()).isZero();
      assertThat(workflow.output().lines())
          .containsExactly(
              "region us-east-1",
              "my-app",
              "ready",
              "kept",
              "kept for the second",
              "preview",
              "204",
              "204",
              "0");
    }
  }
}
