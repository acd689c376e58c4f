package io.github.ppgtest.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prisma's {@code create-db} command, unmodified, gets its databases from the emulator. */
final class CreateDbTest {
  private static NodeJs node;
  private static PrismaPostgresEmulator emulator;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    node = NodeJs.installed();
    emulator = PrismaPostgresEmulator.builder().createDb(true).start();
  }

  @AfterAll
  static void stop() {
    if (emulator != null) {
      emulator.close();
    }
  }

  @Test
  void printsADatabaseAsJson() throws Exception {
    JsonNode created = json("create", "--region", "eu-west-3", "--ttl", "1h", "--json");

    assertThat(created.path("success").booleanValue()).isTrue();
    assertThat(created.path("region").stringValue()).isEqualTo("eu-west-3");
    assertThat(created.path("projectId").stringValue()).startsWith("proj_");
    assertThat(created.path("claimUrl").stringValue())
        .startsWith(
            emulator.createDbUrl() + "/claim?projectID=" + created.path("projectId").stringValue());
    assertThat(Instant.parse(created.path("deletionDate").stringValue()))
        .isCloseTo(Instant.now().plus(Duration.ofHours(1)), within(5, ChronoUnit.MINUTES));
    assertCanBeUsed(created.path("connectionString").stringValue());
  }

  @Test
  void writesADatabaseToAnEnvFile() throws Exception {
    Program program = createDb("create", "--region", "us-east-1", "--env", "database.env");

    assertThat(program.status()).as(program.output()).isZero();
    List<String> lines = Files.readAllLines(directory.resolve("database.env"));
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("CLAIM_URL="));
    String url =
        lines.stream().filter(line -> line.startsWith("DATABASE_URL=")).findFirst().orElseThrow();
    assertCanBeUsed(url.replaceFirst("^DATABASE_URL=\"?(.*?)\"?$", "$1"));
  }

  @Test
  void listsTheRegions() throws Exception {
    JsonNode regions = json("regions", "--json");

    List<String> ids = new ArrayList<>();
    regions.forEach(region -> ids.add(region.path("id").stringValue()));
    assertThat(ids)
        .containsExactlyInAnyOrder(
            "us-east-1",
            "us-west-1",
            "eu-west-3",
            "eu-central-1",
            "ap-northeast-1",
            "ap-southeast-1");
  }

  private static void assertCanBeUsed(String connectionString) throws SQLException {
    assertThat(Jdbc.query(connectionString, "SELECT 'hello'")).isEqualTo("hello");
  }

  private JsonNode json(String... arguments) throws Exception {
    Program program = createDb(arguments);
    assertThat(program.status()).as(program.output()).isZero();
    return new JsonMapper().readTree(program.output());
  }

  private Program createDb(String... arguments) throws Exception {
    String url = emulator.createDbUrl().toString();
    return Program.run(
        directory,
        Map.of("CREATE_DB_WORKER_URL", url, "CLAIM_DB_WORKER_URL", url),
        Stream.concat(
                node.command("node_modules/create-db/dist/cli.mjs").stream(), Stream.of(arguments))
            .toList());
  }
}
