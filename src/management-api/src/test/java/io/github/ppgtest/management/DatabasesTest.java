package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabasesTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();

  @Test
  void createsOneAndGivesItsConnectionString() {
    server.then(201, Answers.data(Answers.created("db_1", "orders")));

    Database database =
        server
            .client()
            .databases()
            .create(CreateDatabase.inProject("proj_1").named("orders").inRegion("us-east-1"));

    Instant createdAt = Instant.parse(Answers.CREATED_AT);
    assertThat(database)
        .isEqualTo(
            new Database(
                "db_1",
                "orders",
                URI.create("https://api.prisma.io/v1/databases/db_1"),
                DatabaseStatus.PROVISIONING,
                createdAt,
                false,
                "con_1",
                List.of(
                    new Connection(
                        "con_1",
                        "default",
                        URI.create("https://api.prisma.io/v1/connections/con_1"),
                        createdAt,
                        ConnectionKind.POSTGRES,
                        new Endpoints(
                            new Endpoint("db.prisma.io", 5432, Answers.CONNECTION_STRING),
                            new Endpoint("pooled.db.prisma.io", 5432, null),
                            null),
                        new ResourceRef(
                            "db_1",
                            "orders",
                            URI.create("https://api.prisma.io/v1/databases/db_1")))),
                new ResourceRef(
                    "proj_1", "orders", URI.create("https://api.prisma.io/v1/projects/proj_1")),
                new ResourceRef("us-east-1", "US East (N. Virginia)", null),
                "br_1",
                null,
                new DatabaseSource.Empty()));
    assertThat(database.directConnectionString()).contains(Answers.CONNECTION_STRING);
    assertThat(server.lines()).containsExactly("POST /v1/databases");
    assertThat(server.received().get(0).body())
        .isEqualTo("{\"projectId\":\"proj_1\",\"name\":\"orders\",\"region\":\"us-east-1\"}");
  }

  @Test
  void sendsEverythingThatARequestSays() {
    server.then(201, Answers.data(Answers.created("db_1", "orders")));

    server
        .client()
        .databases()
        .create(
            CreateDatabase.inProject("proj_1")
                .named("Bücher \"neu\"")
                .inRegion("inherit")
                .asDefault()
                .onBranch("br_1")
                .withLogicalId("books"));

    assertThat(server.received().get(0).body())
        .isEqualTo(
            "{\"projectId\":\"proj_1\",\"name\":\"Bücher \\\"neu\\\"\",\"region\":\"inherit\","
                + "\"isDefault\":true,\"branchId\":\"br_1\",\"logicalId\":\"books\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "provisioning, PROVISIONING",
    "ready, READY",
    "failure, FAILURE",
    "recovering, RECOVERING",
    "hibernating, UNKNOWN"
  })
  void knowsTheStatus(String word, DatabaseStatus status) {
    server.then(
        200,
        Answers.data(
            Answers.database("db_1", "orders", word, Answers.CREATED_AT, Answers.withoutSecret())));

    Database database = server.client().databases().get("db_1");

    assertThat(database.status()).isEqualTo(status);
    assertThat(database.directConnectionString()).isEmpty();
    assertThat(server.lines()).containsExactly("GET /v1/databases/db_1");
  }

  @Test
  void listsThoseOfAProject() {
    server.then(
        200, Answers.page("", Answers.database("db_1", "a"), Answers.database("db_2", "b")));

    assertThat(server.client().databases().all("proj_1").map(Database::name))
        .containsExactly("a", "b");
    assertThat(server.lines()).containsExactly("GET /v1/databases?projectId=proj_1&limit=100");
  }

  @Test
  void listsThoseOfAllProjects() {
    server
        .then(200, Answers.page("next", Answers.database("db_1", "a")))
        .then(200, Answers.page("", Answers.database("db_2", "b")));

    assertThat(server.client().databases().all().map(Database::id)).containsExactly("db_1", "db_2");
    assertThat(server.lines())
        .containsExactly("GET /v1/databases?limit=100", "GET /v1/databases?limit=100&cursor=next");
  }

  @Test
  void renamesAndDeletesOne() {
    server.then(200, Answers.data(Answers.database("db_1", "bills"))).then(204, "");
    Databases databases = server.client().databases();

    assertThat(databases.rename("db_1", "bills").name()).isEqualTo("bills");
    databases.delete("db_1");

    assertThat(server.lines())
        .containsExactly("PATCH /v1/databases/db_1", "DELETE /v1/databases/db_1");
    assertThat(server.received().get(0).body()).isEqualTo("{\"name\":\"bills\"}");
  }

  @Test
  void keepsAnIdInsideItsSegmentOfThePath() {
    server.then(204, "");

    server.client().databases().delete("../projects/proj_1?x=a b");

    assertThat(server.lines())
        .containsExactly("DELETE /v1/databases/..%2Fprojects%2Fproj_1%3Fx%3Da%20b");
  }

  @Test
  void refusesABlankIdBeforeAnythingIsSent() {
    assertThatThrownBy(() -> server.client().databases().delete(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("id must not be blank");
    assertThat(server.lines()).isEmpty();
  }

  @Test
  void asksForACloneOrForWhatABackupHolds() {
    server
        .then(201, Answers.data(withSource("{\"type\":\"database\",\"databaseId\":\"db_0\"}")))
        .then(
            201,
            Answers.data(
                withSource("{\"type\":\"backup\",\"databaseId\":\"db_0\",\"backupId\":\"b\"}")));
    Databases databases = server.client().databases();

    assertThat(databases.create(CreateDatabase.inProject("proj_1").cloneOf("db_0")).source())
        .isEqualTo(new DatabaseSource.OfDatabase("db_0"));
    assertThat(
            databases.create(CreateDatabase.inProject("proj_1").fromBackup("db_0", "b")).source())
        .isEqualTo(new DatabaseSource.OfBackup("db_0", "b"));

    assertThat(server.received().get(0).body())
        .isEqualTo(
            "{\"projectId\":\"proj_1\",\"source\":{\"type\":\"database\",\"databaseId\":\"db_0\"}}");
    assertThat(server.received().get(1).body())
        .isEqualTo(
            "{\"projectId\":\"proj_1\",\"source\":"
                + "{\"type\":\"backup\",\"databaseId\":\"db_0\",\"backupId\":\"b\"}}");
  }

  @Test
  void knowsASourceOfTheFutureByItsTypeAndAbsenceAsNull() {
    server
        .then(200, Answers.data(withSource("{\"type\":\"branch\",\"id\":1}")))
        .then(200, Answers.data(withSource("null")));
    Databases databases = server.client().databases();

    assertThat(databases.get("db_1").source()).isEqualTo(new DatabaseSource.Unknown("branch"));
    assertThat(databases.get("db_1").source()).isNull();
  }

  @Test
  void refusesToCreateFromASourceItDoesNotKnow() {
    assertThatThrownBy(
            () ->
                new CreateDatabase(
                    "proj_1", null, null, false, null, null, new DatabaseSource.Unknown("branch")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("source must be one that this client knows: Unknown[type=branch]");
  }

  private static String withSource(String source) {
    return Answers.database("db_1", "orders")
        .replace("\"source\":{\"type\":\"empty\"}", "\"source\":" + source);
  }

  @Test
  void listsBackupsWithTheirRetention() {
    String backups =
        """
        {"data":[
          {"id":"b2","backupType":"incremental","createdAt":"%1$s","status":"running"},
          {"id":"b1","backupType":"full","createdAt":"%1$s","size":8589934592,
           "status":"completed","type":"backup"}],
         "meta":{"backupRetentionDays":30},"pagination":{"hasMore":true,"limit":%2$s}}""";
    server
        .then(200, backups.formatted(Answers.CREATED_AT, "2"))
        .then(200, backups.formatted(Answers.CREATED_AT, "null"));
    Databases databases = server.client().databases();

    Instant createdAt = Instant.parse(Answers.CREATED_AT);
    List<Backup> expected =
        List.of(
            new Backup("b2", BackupType.INCREMENTAL, createdAt, null, BackupStatus.RUNNING),
            new Backup("b1", BackupType.FULL, createdAt, 8L << 30, BackupStatus.COMPLETED));
    assertThat(databases.backups("db_1", 2)).isEqualTo(new Backups(expected, 30, true, 2));
    assertThat(databases.backups("db_1")).isEqualTo(new Backups(expected, 30, true, null));
    assertThat(server.lines())
        .containsExactly(
            "GET /v1/databases/db_1/backups?limit=2", "GET /v1/databases/db_1/backups");
  }

  @Test
  void tellsWhichFieldOfAListOfBackupsIsMissing() {
    server.then(200, "{\"data\":[],\"pagination\":{\"hasMore\":false,\"limit\":null}}");

    assertThatThrownBy(() -> server.client().databases().backups("db_1"))
        .isInstanceOf(UnexpectedAnswerException.class)
        .hasMessageContaining("meta is missing");
  }

  @Test
  void tellsThatThereAreNoBackupsOfARemoteDatabase() {
    server.thenError(422, "validation-error", "Remote database backups are not supported");

    assertThatThrownBy(() -> server.client().databases().backups("db_1"))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("Remote database backups are not supported");
  }

  @Test
  void restoresOne() {
    server.then(
        200,
        Answers.data(
            withSource("{\"type\":\"backup\",\"databaseId\":\"db_2\",\"backupId\":\"b\"}")
                .replace("\"ready\"", "\"recovering\"")));

    Database database =
        server.client().databases().restore("db_1", new DatabaseSource.OfBackup("db_2", "b"));

    assertThat(database.status()).isEqualTo(DatabaseStatus.RECOVERING);
    assertThat(database.source()).isEqualTo(new DatabaseSource.OfBackup("db_2", "b"));
    assertThat(server.lines()).containsExactly("POST /v1/databases/db_1/restore");
    assertThat(server.received().get(0).body())
        .isEqualTo("{\"source\":{\"type\":\"backup\",\"databaseId\":\"db_2\",\"backupId\":\"b\"}}");
  }

  @Test
  void readsTheUsageOfAPeriod() {
    String usage =
        """
        {"period":{"start":"2026-11-01T00:00:00.000Z","end":"2026-11-20T10:15:30.123Z"},
         "metrics":{"operations":{"used":4711,"unit":"ops"},
                    "storage":{"used":0.0075,"unit":"GiB"}},
         "generatedAt":"2026-11-20T10:15:31.000Z"}""";
    server.then(200, usage).then(200, usage);
    Databases databases = server.client().databases();

    Instant start = Instant.parse("2026-11-01T00:00:00Z");
    Instant end = Instant.parse("2026-11-20T10:15:30.123456Z");
    Usage expected =
        new Usage(
            start,
            Instant.parse(Answers.CREATED_AT),
            4711,
            new BigDecimal("0.0075"),
            Instant.parse("2026-11-20T10:15:31Z"));
    assertThat(databases.usage("db_1", start, end)).isEqualTo(expected);
    assertThat(databases.usage("db_1")).isEqualTo(expected);
    assertThat(server.lines())
        .containsExactly(
            "GET /v1/databases/db_1/usage"
                + "?startDate=2026-11-01T00%3A00%3A00Z&endDate=2026-11-20T10%3A15%3A30.123Z",
            "GET /v1/databases/db_1/usage");
  }
}
