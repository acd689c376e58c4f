package io.github.ppgtest.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.emulator.Fault;
import io.github.ppgtest.emulator.InjectedFault;
import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import io.github.ppgtest.management.CreateDatabase;
import io.github.ppgtest.management.CreateProject;
import io.github.ppgtest.management.Database;
import io.github.ppgtest.management.DatabaseStatus;
import io.github.ppgtest.management.ManagementApi;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands about a workspace, as processes, against the emulator. */
@TestInstance(Lifecycle.PER_CLASS)
final class WorkspaceCommandsIT {
  private static final String DEAD =
      "ppgtest_OrdersTest_20260101T101500Z_20260101T161500Z_0f3a9c51";
  private static final JsonMapper JSON = new JsonMapper();

  @AutoClose private final PrismaPostgresEmulator cloud = PrismaPostgresEmulator.start();

  @AutoClose
  private final ManagementApi api =
      ManagementApi.builder().baseUrl(cloud.apiUrl()).serviceToken(cloud.serviceToken()).build();

  private Workplace workplace;

  @BeforeEach
  void logInWithAToken(@TempDir Path directory) {
    workplace =
        new Workplace(directory)
            .withCloud(cloud)
            .with("PRISMA_SERVICE_TOKEN", cloud.serviceToken());
  }

  /** In a project of its own, which the commands then keep to. */
  private Database database(String name) {
    String project = api.projects().create(CreateProject.named("a test").withoutDatabase()).id();
    workplace.with("PPGTEST_PROJECT_ID", project);
    return another(name, project);
  }

  private Database another(String name, String project) {
    Database made = api.databases().create(CreateDatabase.inProject(project).named(name));
    awaitReady(made);
    return made;
  }

  private void awaitReady(Database database) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> api.databases().get(database.id()).status() == DatabaseStatus.READY);
  }

  private static JsonNode json(Finished finished) {
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    return JSON.readTree(finished.out());
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = connect(database)) {
      connection.createStatement().execute(sql);
    }
  }

  private static Connection connect(Database database) throws SQLException {
    URI url = URI.create(database.directConnectionString().orElseThrow());
    String[] login = url.getRawUserInfo().split(":", 2);
    Properties properties = new Properties();
    properties.setProperty("user", login[0]);
    properties.setProperty("password", login[1]);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d%s?sslmode=require"
            .formatted(url.getHost(), url.getPort(), url.getPath()),
        properties);
  }

  @Nested
  class Regions {
    @Test
    void areShownWithTheirStatus() throws Exception {
      Finished regions = workplace.run("regions");

      assertThat(regions.exitCode()).isZero();
      assertThat(regions.err()).isEmpty();
      assertThat(regions.out())
          .startsWith("ID ")
          .containsPattern("(?m)^us-east-1 +US East \\(N. Virginia\\) +available$");
    }

    @Test
    void areJsonForPrograms() throws Exception {
      JsonNode regions = json(workplace.run("regions", "--json"));

      assertThat(regions.size()).isEqualTo(6);
      assertThat(regions.get(0).get("id").stringValue()).isEqualTo("us-east-1");
      assertThat(regions.get(0).get("status").stringValue()).isEqualTo("available");
    }
  }

  @Nested
  class Usage {
    @Test
    void isShownForEachDatabaseAndSummedUpForPpgtestsAndOthers() throws Exception {
      Database ours = database(DEAD);
      Database theirs = another("shop", ours.project().id());
      execute(theirs, "SELECT 1");

      JsonNode usage = json(workplace.run("usage", "--json"));

      assertThat(usage.at("/all/databases").intValue()).isEqualTo(2);
      assertThat(usage.at("/ppgtest/databases").intValue()).isEqualTo(1);
      assertThat(usage.at("/others/databases").intValue()).isEqualTo(1);
      assertThat(usage.at("/all/operations").longValue())
          .isPositive()
          .isEqualTo(usage.at("/others/operations").longValue());
      assertThat(usage.at("/databases/0/storageGiB").decimalValue()).isPositive();
      Finished shown = workplace.run("usage");
      assertThat(shown.out())
          .containsPattern("(?m)^" + DEAD + " +" + ours.id() + " +ppgtest +0 +[0-9.]+ MiB$")
          .containsPattern("(?m)^shop +" + theirs.id() + " +others +[1-9][0-9]* +[0-9.]+ MiB$")
          .containsPattern("(?m)^together +2 databases +all ");
    }

    @Test
    void isOfTheDaysThatAreAskedFor() throws Exception {
      database("shop");

      JsonNode usage =
          json(
              workplace.run(
                  "usage", "shop", "--from", "2026-10-01", "--to", "2026-10-31", "--json"));

      assertThat(usage.at("/databases/0/from").stringValue()).isEqualTo("2026-10-01T00:00:00Z");
      assertThat(usage.at("/databases/0/to").stringValue()).isEqualTo("2026-11-01T00:00:00Z");
    }

    @Test
    void ofADatabaseThatIsNotThereIsRefused() throws Exception {
      database("shop");

      Finished usage = workplace.run("usage", "shpo");

      assertThat(usage.exitCode()).isEqualTo(1);
      assertThat(usage.err()).startsWith("ppgtest: There is no database shpo among the 1 ");
      assertThat(usage.out()).isEmpty();
    }

    @Test
    void ofANameThatSeveralHaveAsksForAnId() throws Exception {
      Database one = database("twins");
      Database other = another("twins", one.project().id());

      Finished usage = workplace.run("usage", "twins");

      assertThat(usage.exitCode()).isEqualTo(1);
      assertThat(usage.err()).contains("2 databases have the name twins", one.id(), other.id());
    }

    @Test
    void ofNoPeriodAtAllIsWrongUsage() throws Exception {
      Finished backwards = workplace.run("usage", "--from", "2026-02-01", "--to", "2026-01-01");
      Finished noDate = workplace.run("usage", "--from", "yesterday");

      assertThat(backwards.exitCode()).isEqualTo(2);
      assertThat(backwards.err()).contains("after its end");
      assertThat(noDate.exitCode()).isEqualTo(2);
      assertThat(noDate.err()).contains("'yesterday' is no date such as 2026-11-01");
    }
  }

  @Nested
  class Reap {
    @Test
    void saysWhatItWouldDeleteAndThenDeletesIt() throws Exception {
      Database dead = database(DEAD);
      Database stranger = another("shop", dead.project().id());

      Finished dryRun = workplace.run("reap", "--dry-run");

      assertThat(dryRun.exitCode()).isZero();
      assertThat(dryRun.out()).contains("Would delete 1 of 3", "would delete database " + DEAD);
      assertThat(api.databases().get(dead.id()).id()).isEqualTo(dead.id());

      JsonNode report = json(workplace.run("reap", "--json"));

      assertThat(report.get("dryRun").booleanValue()).isFalse();
      assertThat(report.get("items").valueStream())
          .filteredOn(item -> item.get("fate").stringValue().equals("deleted"))
          .extracting(item -> item.get("id").stringValue())
          .containsExactly(dead.id());
      assertThat(api.databases().all(stranger.project().id()))
          .extracting(Database::id)
          .containsExactly(stranger.id());
    }

    @Test
    void failsWhereSomethingCannotBeDeleted() throws Exception {
      Database dead = database(DEAD);
      Fault refusal =
          Fault.error(403, "permission-denied", "Not yours.")
              .on("DELETE", "/v1/databases/{databaseId}");
      try (InjectedFault refused = cloud.faults().inject(refusal)) {
        Finished reap = workplace.run("reap");

        assertThat(reap.exitCode()).isEqualTo(1);
        assertThat(reap.out()).contains("failed at 1.", dead.id(), "Not yours.");
        assertThat(reap.err()).contains("ppgtest: 1 could not be deleted. Run it again later.");
        assertThat(refused.count()).isPositive();
      }
    }
  }

  @Nested
  class Backups {
    @Test
    void areListed() throws Exception {
      Database shop = database("shop");
      assertThat(workplace.run("backup", "list", "shop").out()).contains("no backups of it yet");
      String backup = cloud.backUp(shop.id());

      JsonNode backups = json(workplace.run("backup", "list", "shop", "--json"));

      assertThat(backups.at("/backups/0/id").stringValue()).isEqualTo(backup);
      assertThat(backups.at("/retentionDays").intValue()).isEqualTo(7);
      assertThat(workplace.run("backup", "list", shop.id()).out())
          .containsPattern("(?m)^" + backup + " +20.*Z +full +[0-9]+ +completed$")
          .contains("Each is kept for 7 days.");
    }

    @Test
    void bringBackWhatADatabaseHeldAndTheCommandWaitsForIt() throws Exception {
      Database shop = database("shop");
      execute(shop, "CREATE TABLE orders (item text)");
      String backup = cloud.backUp(shop.id());
      execute(shop, "DROP TABLE orders");

      Finished restored = workplace.run("backup", "restore", "shop", backup);

      assertThat(restored.exitCode()).as(restored.err()).isZero();
      assertThat(restored.out()).isEqualTo("%s is ready again.%n".formatted(shop.id()));
      assertThat(restored.err()).contains("Restoring " + shop.id() + " from backup " + backup);
      execute(shop, "SELECT item FROM orders");
    }

    @Test
    void canGoToAnotherDatabase() throws Exception {
      Database shop = database("shop");
      Database rehearsal = another("rehearsal", shop.project().id());
      execute(shop, "CREATE TABLE orders (item text)");
      String backup = cloud.backUp(shop.id());

      Finished restored = workplace.run("backup", "restore", "shop", backup, "--to", "rehearsal");

      assertThat(restored.exitCode()).as(restored.err()).isZero();
      execute(rehearsal, "SELECT item FROM orders");
    }

    @Test
    void thatAreNotThereAreNamed() throws Exception {
      database("shop");

      Finished restored = workplace.run("backup", "restore", "shop", "bkp_none");

      assertThat(restored.exitCode()).isEqualTo(1);
      assertThat(restored.err()).startsWith("ppgtest: ").contains("404", "bkp_none");
    }

    @Test
    void cannotGoToOneThatIsStillBeingMade() throws Exception {
      Database shop = database("shop");
      String backup = cloud.backUp(shop.id());
      InjectedFault endless = cloud.faults().inject(Fault.endlessProvisioning());
      try {
        Database young =
            api.databases().create(CreateDatabase.inProject(shop.project().id()).named("young"));

        Finished restored = workplace.run("backup", "restore", "shop", backup, "--to", "young");

        assertThat(restored.exitCode()).isEqualTo(1);
        assertThat(restored.err())
            .startsWith("ppgtest: Database " + young.id() + " cannot be restored: ")
            .contains("wait until it is ready");
      } finally {
        endless.close();
      }
    }

    @Test
    void cannotGoToADefaultDatabase() throws Exception {
      Database standard = api.projects().create(CreateProject.named("defaulted")).database();
      awaitReady(standard);
      String backup = cloud.backUp(standard.id());

      Finished restored = workplace.run("backup", "restore", standard.id(), backup);

      assertThat(restored.exitCode()).isEqualTo(1);
      assertThat(restored.err())
          .startsWith("ppgtest: Database " + standard.id() + " cannot be restored: ")
          .contains("default database", "--to");
    }
  }

  @Nested
  class Failures {
    @Test
    void ofATokenSayHowToGetAnother() throws Exception {
      String refused = "refused-and-secret";

      Finished regions = workplace.with("PRISMA_SERVICE_TOKEN", refused).run("regions");

      assertThat(regions.exitCode()).isEqualTo(1);
      assertThat(regions.err())
          .startsWith("ppgtest: ")
          .contains("401", "expired: take one of http://127.0.0.1:")
          .doesNotContain(refused)
          .doesNotContain("\tat ");
    }

    @Test
    void ofAProjectThatIsNotThereNameIt() throws Exception {
      Finished usage = workplace.with("PPGTEST_PROJECT_ID", "proj_none").run("usage");

      assertThat(usage.exitCode()).isEqualTo(1);
      assertThat(usage.err()).startsWith("ppgtest: ").contains("proj_none");
    }

    @Test
    void ofTheNetworkNameTheAddress() throws Exception {
      Finished regions = workplace.with("PPGTEST_API_URL", "http://localhost:1").run("regions");

      assertThat(regions.exitCode()).isEqualTo(1);
      assertThat(regions.err())
          .startsWith("ppgtest: ")
          .contains("localhost:1", "PPGTEST_API_URL")
          .doesNotContain("\tat ");
    }
  }
}
