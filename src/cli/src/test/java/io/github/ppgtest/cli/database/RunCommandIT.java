package io.github.ppgtest.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ppgtest.cli.PpgtestJar;
import io.github.ppgtest.emulator.Fault;
import io.github.ppgtest.emulator.InjectedFault;
import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import io.github.ppgtest.examples.Needs;
import io.github.ppgtest.management.ManagementApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ppgtest run} as users run it: the jar, with commands that they may have. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs script and setsid")
final class RunCommandIT {
  /** Says each signal that it gets, and ends at the second SIGTERM. */
  private static final String COUNTER =
      "i=0; t=0; "
          + "trap 'i=$((i+1)); echo INT $i' INT; "
          + "trap 'echo HUP' HUP; "
          + "trap 't=$((t+1)); echo TERM $t after $i; [ $t -lt 2 ] || exit 5' TERM; "
          + "echo ready; while :; do sleep 0.05; done";

  private static final String UNTIL_HELLO = "until grep -q hello guest.log; do sleep 0.05; done";

  private static final String CTRL_C = "\u0003";

  private static PrismaPostgresEmulator cloud;
  private static ManagementApi api;

  @TempDir private Path directory;
  private Household local;
  private Household household;

  @BeforeAll
  static void startCloud() {
    cloud = PrismaPostgresEmulator.start();
    api =
        ManagementApi.builder().baseUrl(cloud.apiUrl()).serviceToken(cloud.serviceToken()).build();
  }

  @AfterAll
  static void stopCloud() {
    api.close();
    cloud.close();
  }

  @BeforeEach
  void move() {
    local = Household.in(directory).with("PPGTEST_PROVIDER", "embedded");
    household =
        Household.in(directory)
            .with("PPGTEST_API_URL", cloud.apiUrl().toString())
            .with("PRISMA_SERVICE_TOKEN", cloud.serviceToken());
  }

  @AfterEach
  void findNothingLeft() throws IOException {
    assertThat(api.projects().all()).isEmpty();
    assertThat(household.ledgers()).isEmpty();
  }

  @Nested
  final class TheCommand {
    @Test
    void seesItsDatabase() throws Exception {
      try (HouseholdProcess ppgtest =
          household.ppgtest("run", "--label", "shop", "--", "sh", "-c", "env; echo")) {
        Map<String, String> seen =
            ppgtest.output().stream()
                .filter(line -> line.contains("="))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a));

        assertThat(ppgtest.exitCode()).isZero();
        assertThat(ppgtest.errors())
            .isEqualTo(
                "ppgtest: Provider CLOUD, because a service token is configured (environment variable PRISMA_SERVICE_TOKEN)%n"
                    .formatted());
        String host = "@127.0.0.1:" + seen.get("PGPORT") + "/" + seen.get("PGDATABASE");
        assertThat(seen)
            .containsEntry(
                "DATABASE_URL",
                "postgres://%s:%s%s?sslmode=require"
                    .formatted(seen.get("PGUSER"), seen.get("PGPASSWORD"), host))
            .containsEntry(
                "JDBC_DATABASE_URL", "jdbc:postgresql://" + host.substring(1) + "?sslmode=require")
            .containsEntry("JDBC_DATABASE_USERNAME", seen.get("PGUSER"))
            .containsEntry("JDBC_DATABASE_PASSWORD", seen.get("PGPASSWORD"))
            .containsEntry("PGHOST", "127.0.0.1")
            .containsEntry("PGSSLMODE", "require")
            .containsEntry("PPGTEST_DATABASE_PROVIDER", "cloud");
        assertThat(seen.get("PPGTEST_DATABASE_ID")).startsWith("db_");
        assertThat(seen.get("PPGTEST_DATABASE_NAME")).startsWith("ppgtest_shop_");
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "--provider cloud | Provider CLOUD (option --provider) needs a service token, and none is"
              + " configured.",
          "--provider cloud | or use ppgtest login, which has no login for ",
          "--provider cloud | or use embedded there, which needs none.",
          "--project shop | ppgtest.project-id cannot be \"shop\" (option --project).",
          "--ttl 5s | ppgtest.ttl cannot be \"PT5S\" (option --ttl)."
        })
    void isToldTheOptionThatIsWrong(String option, String message) throws Exception {
      List<String> arguments = new ArrayList<>(List.of("run"));
      arguments.addAll(List.of(option.split(" ")));
      arguments.addAll(List.of("--", "true"));
      try (HouseholdProcess ppgtest =
          Household.in(directory).ppgtest(arguments.toArray(String[]::new))) {
        assertThat(ppgtest.exitCode()).isNotZero();
        assertThat(ppgtest.errors()).contains(message);
      }
    }

    @Test
    void isToldTheOptionThatChoseItsProvider() throws Exception {
      try (HouseholdProcess ppgtest =
          Household.in(directory).ppgtest("run", "--provider", "embedded", "--", "true")) {
        assertThat(ppgtest.exitCode()).isZero();
        assertThat(ppgtest.errors())
            .startsWith("ppgtest: Provider EMBEDDED, because it is set (option --provider)");
      }
    }

    @Test
    void cannotShowItsSecretsInTheLogOfGitHubActions() throws Exception {
      try (HouseholdProcess ppgtest =
          household
              .with("GITHUB_ACTIONS", "true")
              .ppgtest("run", "--", "sh", "-c", "echo $DATABASE_URL; echo $PGPASSWORD")) {
        List<String> secrets = ppgtest.output();

        assertThat(ppgtest.exitCode()).isZero();
        assertThat(ppgtest.complaints().lines())
            .containsExactlyInAnyOrderElementsOf(
                secrets.stream().map(secret -> "::add-mask::" + secret).toList());
      }
    }

    @Test
    void readsWhatPpgtestIsGiven() throws Exception {
      try (HouseholdProcess ppgtest = household.ppgtest("run", "--", "cat")) {
        ppgtest.type("from a pipe\n");
        ppgtest.endInput();

        assertThat(ppgtest.output()).containsExactly("from a pipe");
        assertThat(ppgtest.exitCode()).isZero();
      }
    }

    @Test
    void getsItsArgumentsAsTheyAre() throws Exception {
      Files.writeString(directory.resolve("foo"), "--label");
      try (HouseholdProcess ppgtest =
          household.ppgtest(
              "run", "printf", "[%s]", "a b", "", "\"q\"", "@foo", "@@x", "--help", "--")) {
        assertThat(ppgtest.output()).containsExactly("[a b][][\"q\"][@foo][@@x][--help][--]");
        assertThat(ppgtest.exitCode()).isZero();
      }
    }

    @Test
    void saysNothingOfLiquibasesSteps() throws Exception {
      Files.writeString(
          directory.resolve("changelog.sql"),
          """
          -- liquibase formatted sql
          -- changeset me:1
          CREATE TABLE items (id int);
          """);
      try (HouseholdProcess ppgtest =
          household.ppgtest("run", "--schema", "changelog.sql", "--", "echo", "run")) {
        assertThat(ppgtest.output()).containsExactly("run");
        assertThat(ppgtest.complaints()).isEmpty();
      }
    }

    @Test
    void isNotRunWhereItsSchemaFails() throws Exception {
      Files.writeString(
          directory.resolve("schema.sql"), "CREATE TABLE items (id int); SELECT 1/0;");
      try (HouseholdProcess ppgtest =
          household.ppgtest("run", "--schema", "schema.sql", "--", "echo", "run")) {
        assertThat(ppgtest.exitCode()).isEqualTo(1);
        assertThat(ppgtest.output()).isEmpty();
        assertThat(ppgtest.complaints())
            .startsWith("ppgtest: SQL script ")
            .contains("schema.sql failed in line 1: division by zero (SQLSTATE 22012).")
            .doesNotContain("\tat ");
      }
    }

    @Test
    void mayLeaveSomebodyBehindWhoIsConnected() throws Exception {
      String guest = guest() + " > guest.log 2>&1 < /dev/null & echo $!; " + UNTIL_HELLO;
      try (HouseholdProcess ppgtest = household.ppgtest("run", "--", "sh", "-c", guest)) {
        ProcessHandle left =
            ProcessHandle.of(Long.parseLong(ppgtest.output().get(0))).orElseThrow();

        assertThat(ppgtest.exitCode()).isZero();
        assertThat(HouseholdProcess.survivors(List.of(left))).isEmpty();
        assertThat(directory.resolve("guest.log")).content().contains("cut off: 57P01");
      }
    }
  }

  @Nested
  final class TheEnvironment {
    /** Of another place, or what no connection to the database's server could be made with. */
    private static final Map<String, String> ELSEWHERE =
        Map.ofEntries(
            Map.entry("PGSERVICE", "prod"),
            Map.entry("PGHOSTADDR", "127.0.0.9"),
            Map.entry("PGTARGETSESSIONATTRS", "standby"),
            Map.entry("PGGSSENCMODE", "require"),
            Map.entry("PGREQUIREAUTH", "none"),
            Map.entry("PGSSLMAXPROTOCOLVERSION", "TLSv1"),
            Map.entry("PGSSLCERT", "/dev/null"),
            Map.entry("PGSSLROOTCERT", "/dev/null"),
            Map.entry("PGOPTIONS", "-c search_path=prod"),
            Map.entry("PGTZ", "Asia/Tokyo"),
            Map.entry("PGHOST", "prod.example.com"),
            Map.entry("PGPORT", "1"),
            Map.entry("PGDATABASE", "prod"),
            Map.entry("PGUSER", "prod"),
            Map.entry("PGPASSWORD", "prod"),
            Map.entry("PGSSLMODE", "verify-full"),
            Map.entry("DATABASE_URL", "postgres://prod.example.com/prod"),
            Map.entry("DIRECT_URL", "postgres://prod.example.com/prod"));

    @Test
    void hasNothingThatLeadsLibpqElsewhere() throws Exception {
      Needs.program("psql", "libpq in an environment that leads elsewhere");
      Files.writeString(directory.resolve("services"), "[prod]\nhost=prod.example.com\n");
      for (Household provider : List.of(household, local)) {
        Household around = provider.with("PGSERVICEFILE", directory.resolve("services").toString());
        for (Map.Entry<String, String> variable : ELSEWHERE.entrySet()) {
          around = around.with(variable.getKey(), variable.getValue());
        }
        try (HouseholdProcess ppgtest =
            around.ppgtest(
                "run", "--", "sh", "-c", "psql -Atc 'SHOW search_path' -c 'SHOW timezone'; env")) {
          List<String> seen = ppgtest.output();
          assertThat(ppgtest.complaints()).isEmpty();
          assertThat(seen).startsWith("\"$user\", public", "UTC");
          assertThat(seen).noneMatch(line -> line.contains("prod"));
        }
      }
    }

    @Test
    void keepsLibpqFromFilesInTheHomeDirectory() throws Exception {
      Needs.program("psql", "libpq with files in the home directory");
      Path files = Files.createDirectory(directory.resolve(".postgresql"));
      for (String file : List.of("root.crt", "root.crl", "postgresql.crt")) {
        Files.writeString(files.resolve(file), "of another server");
      }
      Files.writeString(directory.resolve(".pgpass"), "*:*:*:*:wrong\n");
      for (Household provider : List.of(household, local)) {
        try (HouseholdProcess ppgtest =
            provider
                .with("HOME", directory.toString())
                .ppgtest("run", "--", "psql", "-Atc", "SELECT 1")) {
          assertThat(ppgtest.output()).containsExactly("1");
          assertThat(ppgtest.complaints()).isEmpty();
        }
      }
    }

    @Test
    void keepsWhatOnlyConcernsTheClient() throws Exception {
      try (HouseholdProcess ppgtest =
          household
              .with("PGAPPNAME", "mine")
              .with("PGDATA", "/srv/data")
              .with("PG_POOL_SIZE", "3")
              .ppgtest("run", "--", "sh", "-c", "echo $PGAPPNAME $PGDATA $PG_POOL_SIZE")) {
        assertThat(ppgtest.output()).containsExactly("mine /srv/data 3");
      }
    }

    @Test
    void isSaidToNameOtherDatabases() throws Exception {
      try (HouseholdProcess ppgtest =
          household
              .with("SPRING_DATASOURCE_URL", "jdbc:postgresql://prod.example.com/prod")
              .with("PRISMA_DATABASE_URL", "prisma+postgres://accelerate.example.com/?api_key=k")
              .with("DJANGO_URL", "psql://me@prod.example.com/prod")
              .with("NPGSQL", "Username=me;Host = prod.example.com;Database=prod")
              .with("PG_DSN", "host=prod.example.com dbname=prod")
              .with("QUOTED_URL", "\"postgres://prod.example.com/prod\"")
              .with("VIRTUAL_HOST", "host=prod.example.com")
              .with("POSTGRES_IMAGE", "postgres:17")
              .ppgtest("run", "--", "true")) {
        assertThat(ppgtest.exitCode()).isZero();
        assertThat(ppgtest.complaints())
            .isEqualTo(
                "ppgtest: warning: the command also sees DJANGO_URL, NPGSQL, PG_DSN,"
                    + " PRISMA_DATABASE_URL, QUOTED_URL, SPRING_DATASOURCE_URL, which lead to other"
                    + " databases. Where it is not to use them: ppgtest run -- env -u DJANGO_URL -u"
                    + " NPGSQL -u PG_DSN -u PRISMA_DATABASE_URL -u QUOTED_URL -u"
                    + " SPRING_DATASOURCE_URL COMMAND\n");
      }
    }
  }

  @Nested
  final class AClosedStream {
    private static final String OPEN =
        "for i in 0 1 2; do if [ -e /proc/$$/fd/$i ]; then echo $i >> open; fi; done";

    @ParameterizedTest
    @CsvSource({"<&-, 12", ">&-, 02", "2>&-, 01"})
    void staysClosed(String closing, String open) throws Exception {
      String ppgtest =
          Stream.of(PpgtestJar.command("run", "--", "sh", "-c", OPEN))
              .flatMap(List::stream)
              .map(word -> "'" + word.replace("'", "'\\''") + "'")
              .collect(Collectors.joining(" "));
      try (HouseholdProcess shell = household.start(List.of("sh", "-c", ppgtest + " " + closing))) {
        assertThat(shell.exitCode()).as(shell.errors()).isZero();
      }
      assertThat(directory.resolve("open")).hasContent(String.join("\n", open.split("")));
    }
  }

  @Nested
  final class TheExitCode {
    @Test
    void isTheCommands() throws Exception {
      assertThat(exitCode(household.ppgtest("run", "--", "true"))).isZero();
      assertThat(exitCode(household.ppgtest("run", "--", "sh", "-c", "exit 3"))).isEqualTo(3);
      assertThat(exitCode(local.ppgtest("run", "--", "sh", "-c", "exit 4"))).isEqualTo(4);
    }

    @Test
    void tellsTheSignalThatEndedTheCommand() throws Exception {
      assertThat(exitCode(household.ppgtest("run", "--", "sh", "-c", "kill -9 $$"))).isEqualTo(137);
    }

    @Test
    void tellsThatThereIsNoSuchCommandBeforeAnythingIsCreated() throws Exception {
      try (InjectedFault creations = refusing("POST", "/v1/projects");
          HouseholdProcess ppgtest = household.ppgtest("run", "--", "no-such-command")) {
        assertThat(ppgtest.exitCode()).isEqualTo(127);
        assertThat(ppgtest.complaints())
            .isEqualTo("ppgtest: There is no command 'no-such-command' on the PATH.\n");
        assertThat(creations.count()).isZero();
      }
    }

    @Test
    void tellsThatTheCommandMayNotBeExecuted() throws Exception {
      Files.writeString(directory.resolve("notes"), "no program");
      try (HouseholdProcess ppgtest = household.ppgtest("run", "--", "./notes")) {
        assertThat(ppgtest.exitCode()).isEqualTo(126);
        assertThat(ppgtest.complaints())
            .isEqualTo("ppgtest: ./notes may not be executed. Is it a program?\n");
      }
    }

    @Test
    void tellsThatTheCommandCannotBeStarted() throws Exception {
      Path script = Files.writeString(directory.resolve("script"), "#!/no/such/shell\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
      try (HouseholdProcess ppgtest = household.ppgtest("run", "--", "./script")) {
        assertThat(ppgtest.exitCode()).isEqualTo(126);
        assertThat(ppgtest.complaints()).startsWith("ppgtest: The command could not be started: ");
      }
    }

    @Test
    void tellsThatThereWasNoDatabase() throws Exception {
      try (HouseholdProcess ppgtest =
          household.ppgtest("run", "--region", "mars-1", "--", "echo", "run")) {
        assertThat(ppgtest.exitCode()).isEqualTo(1);
        assertThat(ppgtest.output()).isEmpty();
        assertThat(ppgtest.complaints()).startsWith("ppgtest: Region mars-1 does not exist.");
      }
    }

    @Test
    @SuppressWarnings("try") // The faults are there to be there.
    void tellsThatSomethingCouldNotBeDeletedUnlessTheCommandFailed() throws Exception {
      try (InjectedFault database = refusing("DELETE", "/v1/databases/{databaseId}");
          InjectedFault project = refusing("DELETE", "/v1/projects/{id}")) {
        HouseholdProcess succeeding = household.ppgtest("run", "--", "true");
        assertThat(exitCode(succeeding)).isEqualTo(1);
        assertThat(succeeding.complaints())
            .startsWith("ppgtest: Could not be deleted, and is still there:")
            .contains("curl -fsS -X DELETE")
            .doesNotContain(cloud.serviceToken());
        assertThat(exitCode(household.ppgtest("run", "--", "sh", "-c", "exit 3"))).isEqualTo(3);
      }
      // The next one here finds it in the ledger.
      assertThat(exitCode(household.ppgtest("run", "--", "true"))).isZero();
    }

    private static InjectedFault refusing(String method, String route) {
      return cloud.faults().inject(Fault.error(403, "permission-denied", "No.").on(method, route));
    }
  }

  @Nested
  final class ASignal {
    @Test
    void isPassedOnAndTheSecondOneToo() throws Exception {
      try (HouseholdProcess ppgtest =
          household.ppgtestWithoutTerminal("run", "--", "sh", "-c", COUNTER)) {
        ppgtest.awaitLine("ready");

        ppgtest.signal("HUP");
        ppgtest.awaitLine("HUP");
        ppgtest.signal("INT");
        ppgtest.awaitLine("INT 1");
        ppgtest.signal("TERM");
        ppgtest.awaitLine("TERM 1");
        ppgtest.signal("TERM");

        assertThat(ppgtest.output()).containsExactly("TERM 2 after 1");
        assertThat(ppgtest.exitCode()).isEqualTo(5);
      }
    }

    @Test
    void endsWhatIsBeingMadeBeforeTheCommandIsRun() throws Exception {
      try (InjectedFault slow = cloud.faults().inject(Fault.endlessProvisioning());
          HouseholdProcess ppgtest = household.ppgtest("run", "--", "echo", "run")) {
        while (slow.count() == 0) {
          Thread.onSpinWait();
        }
        ppgtest.signal("TERM");

        assertThat(ppgtest.exitCode()).isEqualTo(143);
        assertThat(ppgtest.output()).isEmpty();
      }
    }

    @Test
    void fromTheTerminalReachesTheCommandOnce() throws Exception {
      try (HouseholdProcess terminal =
          household.ppgtestAtTerminal("run", "--", "sh", "-c", COUNTER)) {
        terminal.awaitLine("ready");
        terminal.type(CTRL_C);
        terminal.awaitLine("^CINT 1");
        terminal.type(CTRL_C);
        terminal.awaitLine("^CINT 2");

        ProcessHandle command =
            terminal.descendants().stream()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow();
        command.destroy();
        terminal.awaitLine("TERM 1 after 2");
        command.destroy();

        assertThat(terminal.exitCode()).isEqualTo(5);
      }
    }

    @Test
    void fromTheTerminalLeavesTheDatabaseUntilTheCommandHasEnded() throws Exception {
      try (HouseholdProcess terminal = local.ppgtestAtTerminal(run(Household.guest()))) {
        String hello = terminal.awaitLine("hello from ");
        List<ProcessHandle> started = terminal.descendants();
        List<Path> data = HouseholdProcess.dataDirectories(started);
        assertThat(data).isNotEmpty();

        terminal.type(CTRL_C);

        assertThat(terminal.output())
            .anyMatch(line -> line.endsWith(hello.replace("hello", "goodbye")));
        assertThat(terminal.exitCode()).isEqualTo(130);
        assertThat(HouseholdProcess.survivors(started)).isEmpty();
        assertThat(data).noneMatch(Files::exists);
      }
    }
  }

  @Nested
  final class KilledItself {
    @Test
    void losesItsDatabaseInTheCloud() throws Exception {
      assertNothingIsLeftOf(household);
    }

    @Test
    void losesItsDatabaseOnThisMachine() throws Exception {
      assertNothingIsLeftOf(local);
    }

    private void assertNothingIsLeftOf(Household household) throws Exception {
      // Its own output: that of ppgtest ends with it.
      String guest = guest() + " > guest.log 2>&1 & " + UNTIL_HELLO + "; echo ready; wait";
      try (HouseholdProcess ppgtest = household.ppgtest("run", "--", "sh", "-c", guest)) {
        ppgtest.awaitLine("ready");
        List<ProcessHandle> started = ppgtest.descendants();
        List<Path> data = HouseholdProcess.dataDirectories(started);

        ppgtest.signal("KILL");

        assertThat(ppgtest.exitCode()).isEqualTo(137);
        assertThat(HouseholdProcess.survivors(started)).isEmpty();
        // The watchdog ends the server, and then deletes its files.
        await().atMost(Duration.ofMinutes(5)).until(() -> data.stream().noneMatch(Files::exists));
        // The command has gone on, without its database.
        assertThat(directory.resolve("guest.log")).content().contains("cut off: ", "no goodbye: ");
      }
    }
  }

  private static String guest() {
    return Stream.of(Household.guest()).collect(Collectors.joining("' '", "'", "'"));
  }

  private static String[] run(String... command) {
    return Stream.concat(Stream.of("run", "--"), Stream.of(command)).toArray(String[]::new);
  }

  private static int exitCode(HouseholdProcess process) throws Exception {
    try (process) {
      return process.exitCode();
    }
  }
}
