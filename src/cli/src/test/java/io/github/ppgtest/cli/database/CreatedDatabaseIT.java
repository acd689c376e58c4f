package io.github.ppgtest.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ppgtest.emulator.Fault;
import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import io.github.ppgtest.management.CreateDatabase;
import io.github.ppgtest.management.CreateProject;
import io.github.ppgtest.management.Database;
import io.github.ppgtest.management.ManagementApi;
import io.github.ppgtest.management.Project;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Databases from their creation to their deletion, each step a process of its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals, and no script")
final class CreatedDatabaseIT {
  @TempDir private Path directory;

  @BeforeEach
  void letPostgresThrough() throws IOException {
    // Where the tests run as root, PostgreSQL runs as another user.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Nested
  class InTheCloud {
    @AutoClose private final PrismaPostgresEmulator cloud = PrismaPostgresEmulator.start();

    @AutoClose
    private final ManagementApi api =
        ManagementApi.builder().baseUrl(cloud.apiUrl()).serviceToken(cloud.serviceToken()).build();

    private Household here;

    @BeforeEach
    void enter() throws IOException {
      here = machine("here");
    }

    private Household machine(String name) throws IOException {
      return Household.in(Files.createDirectory(directory.resolve(name)))
          .with("PPGTEST_API_URL", cloud.apiUrl().toString())
          .with("PRISMA_SERVICE_TOKEN", cloud.serviceToken())
          .with("CI", "false");
    }

    @Test
    void isThereForEveryProcessUntilItIsDeletedWithItsProject() throws Exception {
      JsonNode made = json(here, "create", "--json", "--label", "Orders", "--ttl", "40m");
      String id = made.get("id").asString();
      assertThat(made.get("provider").asString()).isEqualTo("cloud");
      assertThat(made.get("name").asString()).startsWith("ppgtest_Orders_");
      assertThat(select(made.get("connectionString").asString())).isEqualTo("1");

      JsonNode listed = json(here, "list", "--json");
      assertThat(listed).hasSize(1);
      assertThat(listed.get(0).get("id").asString()).isEqualTo(id);
      assertThat(listed.get(0).get("region").asString()).isEqualTo("us-east-1");
      assertThat(listed.get(0).get("until").asString()).isEqualTo(made.get("until").asString());
      assertThat(listed.get(0).get("from").asString()).isEqualTo("this machine");
      assertThat(output(here, 0, "url", id))
          .containsExactly(made.get("connectionString").asString());

      String name = made.get("name").asString();
      assertThat(output(here, 0, "delete", name))
          .containsExactly("Deleted " + name + " (" + id + ")");
      assertThat(api.projects().all()).isEmpty();
      assertNothingIsLeftIn(here);
      assertThat(output(here, 0, "delete", id))
          .containsExactly("There is no database " + id + " any more");
      assertThat(output(here, 0, "list")).hasSize(1);
    }

    @Test
    void isFoundReachedAndDeletedFromAnotherMachine() throws Exception {
      String id = json(here, "create", "--json").get("id").asString();
      Household there = machine("there");

      assertThat(output(there, 0, "list").get(1)).contains(id, "cloud", "the cloud");
      assertThat(select(output(there, 0, "url", id).get(0))).isEqualTo("1");
      output(there, 0, "delete", id);

      assertThat(api.projects().all()).isEmpty();
    }

    @Test
    void isTheOnlyOneThatIsDeleted() throws Exception {
      Project project = api.projects().create(CreateProject.named("shop").withoutDatabase());
      Database orders =
          api.databases().create(CreateDatabase.inProject(project.id()).named("orders"));
      String id = json(here, "create", "--json", "--project", project.id()).get("id").asString();

      try (HouseholdProcess delete = here.ppgtest("delete", orders.id(), "nonsense", id)) {
        assertThat(delete.output()).singleElement().asString().contains("Deleted ", id);
        assertThat(delete.exitCode()).isEqualTo(1);
        assertThat(delete.complaints())
            .isEqualTo(
                """
                ppgtest: Database orders (%s) was not made by ppgtest, as its name tells, so it is left alone. DELETE %s/v1/databases/%1$s deletes it.
                ppgtest: There is no database nonsense. To see which there are: ppgtest list
                """
                    .formatted(orders.id(), api.baseUrl()));
      }
      assertThat(api.databases().all()).extracting(Database::id).containsExactly(orders.id());
    }

    @Test
    void isToldToTheNextStepsOfGitHubActionsAndMasked() throws Exception {
      Path env = Files.writeString(directory.resolve("github-env"), "BEFORE=1\n");
      try (HouseholdProcess create =
          here.with("GITHUB_ACTIONS", "true")
              .with("GITHUB_ENV", env.toString())
              .ppgtest("create", "--github-env")) {
        String said = String.join("\n", create.output());
        assertThat(create.exitCode()).isZero();
        List<String> lines = Files.readAllLines(env);
        assertThat(lines.get(0)).isEqualTo("BEFORE=1");
        String delimiter = lines.get(1).replaceFirst("^DATABASE_URL<<", "");
        assertThat(lines.get(3)).isEqualTo(delimiter);
        String url = lines.get(2);
        assertThat(select(url)).isEqualTo("1");
        assertThat(create.complaints())
            .contains("::add-mask::" + url.replace("%", "%25"), "::add-mask::" + password(url));
        assertThat(said).contains("ppgtest delete db_").doesNotContain(password(url));
      }
    }

    @Test
    void isGoneAgainWhereItCannotBeWrittenDown() throws Exception {
      try (HouseholdProcess create =
          here.with("GITHUB_ENV", "/dev/full")
              .ppgtest("create", "--env", "new.env", "--github-env")) {
        assertThat(create.output()).isEmpty();
        assertThat(create.exitCode()).isEqualTo(1);
        assertThat(create.complaints())
            .contains("ppgtest: Cannot write to GITHUB_ENV", "No space left");
      }
      assertThat(here.directory().resolve("new.env")).doesNotExist();
      assertThat(api.projects().all()).isEmpty();
      assertNothingIsLeftIn(here);
    }

    @Test
    void isNotMadeWhereAnEntryWouldBeLostOrThereIsNoGitHub() throws Exception {
      Files.writeString(here.directory().resolve(".env"), "export DATABASE_URL='mine'\n");

      assertThat(errors(here, 1, "create", "--env", ".env"))
          .isEqualTo(
              """
              ppgtest: Nothing can be added to .env: it has an entry DATABASE_URL already, in line 1, which is left as it is. Remove that, or name another file.
              """);
      assertThat(errors(here, 2, "create", "--github-env"))
          .startsWith("--github-env needs a step of GitHub Actions");
      assertThat(api.projects().all()).isEmpty();
      assertThat(here.directory().resolve("state")).doesNotExist();
    }

    @Test
    void isGoneWhenCtrlCComesWhileItIsMade() throws Exception {
      cloud.faults().inject(Fault.endlessProvisioning());
      try (HouseholdProcess create = here.ppgtest("create", "--env", "new.env")) {
        await()
            .atMost(Duration.ofMinutes(3))
            .until(() -> api.databases().all().findAny().isPresent());

        create.signal("INT");

        assertThat(create.exitCode()).isEqualTo(130);
      }
      assertThat(here.directory().resolve("new.env")).doesNotExist();
      assertThat(api.projects().all()).isEmpty();
      assertNothingIsLeftIn(here);
    }

    @Test
    void isWhereSomebodyAtTheTerminalChooses() throws Exception {
      cloud.faults().inject(Fault.latency(Duration.ofSeconds(2)).on("POST", "/v1/projects"));
      try (HouseholdProcess create = here.ppgtestAtTerminal("create", "--region")) {
        create.awaitLine("  1) us-east-1");
        create.type("9\n3\n");
        String said = String.join("\n", create.output());
        assertThat(create.exitCode()).as(said).isZero();
        assertThat(said)
            .contains("9 is no number from 1 to 6.", "name:     ppgtest_")
            .containsPattern("Making a database … \\d+ s");
      }
      assertThat(api.databases().all())
          .singleElement()
          .satisfies(
              database ->
                  assertThat(database.region().id()).isEqualTo(api.regions().list().get(2).id()));
    }

    @Test
    void isNotMadeForATimeThatIsTooShort() throws Exception {
      assertThat(errors(here, 2, "create", "--ttl", "5s"))
          .startsWith("Invalid value for option '--ttl': ")
          .contains("from 1m to ");
      assertThat(api.projects().all()).isEmpty();
    }

    @Test
    void isNotAskedForWhereThereIsNoTerminal() throws Exception {
      assertThat(errors(here, 2, "create", "--region"))
          .startsWith("--region needs a REGION here: it is only asked for at a terminal");
      try (HouseholdProcess create =
          here.with("CI", "true").ppgtestAtTerminal("create", "--region")) {
        assertThat(String.join("\n", create.output())).contains("--region needs a REGION here");
        assertThat(create.exitCode()).isEqualTo(2);
      }
      assertThat(api.projects().all()).isEmpty();
    }
  }

  @Nested
  class OnThisMachine {
    @Test
    void outlivesTheCommandUntilItIsDeleted() throws Exception {
      Path data = directory.resolve("data");
      Household here = Household.in(directory).with("PPGTEST_DATA_DIR", data.toString());
      Files.writeString(directory.resolve("schema.sql"), "CREATE TABLE t AS SELECT '7' AS n");

      List<String> said =
          output(here, 0, "create", "--env", "test.env", "--schema", "schema.sql", "--ttl", "30m");
      Path env = directory.resolve("test.env");
      String url = Files.readAllLines(env).get(0).replaceFirst("^DATABASE_URL=", "");
      assertThat(said.get(2)).isEqualTo("provider: embedded");
      assertThat(said).noneMatch(line -> line.contains(password(url)));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
          .isEqualTo("rw-------");
      assertThat(select(url, "SELECT n FROM t")).isEqualTo("7");
      String id = said.get(1).replaceFirst("^id: +", "");
      assertThat(output(here, 0, "url", id)).containsExactly(url);
      assertThat(output(here, 0, "list")).hasSize(2).last().asString().contains(id, "embedded");

      output(here, 0, "delete", id);

      assertThatThrownBy(() -> select(url))
          .hasMessageMatching("(?s).*(refused|authentication failed).*");
      assertThat(data).isEmptyDirectory();
      assertNothingIsLeftIn(here);
      assertThat(errors(here, 1, "url", id))
          .isEqualTo(
              "ppgtest: There is no database %s. To see which there are: ppgtest list%n"
                  .formatted(id));
    }

    @Test
    void isWarnedOfWhereGitDoesNotIgnoreTheFile() throws Exception {
      assertThat(new ProcessBuilder("git", "init", "-q", directory.toString()).start().waitFor())
          .isZero();
      Files.writeString(directory.resolve(".gitignore"), "ignored.env\n");
      Household here = Household.in(directory);

      try (HouseholdProcess create = here.ppgtest("create", "--json", "--env", "seen.env")) {
        JsonNode made = JsonMapper.shared().readTree(String.join("\n", create.output()));
        assertThat(create.complaints())
            .isEqualTo(
                "ppgtest: warning: git does not ignore seen.env, and it will have a password in it. Add it to .gitignore.%n"
                    .formatted());
        output(here, 0, "delete", made.get("id").asString());
      }
      try (HouseholdProcess create = here.ppgtest("create", "--json", "--env", "ignored.env")) {
        JsonNode made = JsonMapper.shared().readTree(String.join("\n", create.output()));
        assertThat(create.errors())
            .isEqualTo(
                "ppgtest: Provider EMBEDDED, because no service token is configured (PRISMA_SERVICE_TOKEN)%n"
                    .formatted());
        output(here, 0, "delete", made.get("id").asString());
      }
    }
  }

  private static JsonNode json(Household machine, String... arguments) throws Exception {
    return JsonMapper.shared().readTree(String.join("\n", output(machine, 0, arguments)));
  }

  private static List<String> output(Household machine, int exitCode, String... arguments)
      throws Exception {
    try (HouseholdProcess command = machine.ppgtest(arguments)) {
      List<String> output = command.output();
      assertThat(command.exitCode()).as(command.errors()).isEqualTo(exitCode);
      assertThat(command.complaints()).isEmpty();
      return output;
    }
  }

  private static String errors(Household machine, int exitCode, String... arguments)
      throws Exception {
    try (HouseholdProcess command = machine.ppgtest(arguments)) {
      assertThat(command.output()).isEmpty();
      assertThat(command.exitCode()).as(command.errors()).isEqualTo(exitCode);
      return command.complaints();
    }
  }

  private static String select(String url) throws SQLException {
    return select(url, "SELECT 1");
  }

  private static String select(String url, String sql) throws SQLException {
    URI uri = URI.create(url);
    String login = uri.getUserInfo();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://%s:%d%s?%s"
                    .formatted(uri.getHost(), uri.getPort(), uri.getPath(), uri.getQuery()),
                login.substring(0, login.indexOf(':')),
                password(url));
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static String password(String url) {
    String login = URI.create(url).getUserInfo();
    return login.substring(login.indexOf(':') + 1);
  }

  private static void assertNothingIsLeftIn(Household machine) throws IOException {
    try (Stream<Path> files = Files.walk(machine.directory().resolve("state"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }
}
