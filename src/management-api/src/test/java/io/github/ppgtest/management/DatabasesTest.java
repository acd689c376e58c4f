package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                null));
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
}
