package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class ProjectsTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();

  @Test
  void createsOneWithoutADatabase() {
    server.then(201, Answers.data(Answers.project("proj_1", "orders")));

    Project project =
        server
            .client()
            .projects()
            .create(
                CreateProject.named("orders")
                    .withoutDatabase()
                    .inRegion("us-east-1")
                    .withLogicalId("orders-tests")
                    .inWorkspace("wksp_1"));

    assertThat(project)
        .isEqualTo(
            new Project(
                "proj_1",
                "orders",
                URI.create("https://api.prisma.io/v1/projects/proj_1"),
                null,
                Instant.parse(Answers.CREATED_AT),
                "us-east-1",
                new ResourceRef(
                    "wksp_1", "Acme", URI.create("https://api.prisma.io/v1/workspaces/wksp_1")),
                null));
    assertThat(server.received())
        .containsExactly(
            new ScriptedApi.Received(
                "POST",
                "/v1/projects",
                "Bearer " + ScriptedApi.TOKEN,
                "application/json",
                "{\"createDatabase\":false,\"name\":\"orders\",\"region\":\"us-east-1\","
                    + "\"logicalId\":\"orders-tests\",\"workspaceId\":\"wksp_1\"}"));
  }

  @Test
  void createsOneWithItsDefaultDatabase() {
    // The database of a creating answer names no project: it is the one around it.
    String database =
        Answers.created("db_1", "orders").replaceAll("(?s)\"project\":\\{.*?\\},", "");
    server.then(
        201, Answers.data(Answers.project("proj_1", "orders", Answers.CREATED_AT, database)));

    Project project = server.client().projects().create(CreateProject.unnamed());

    assertThat(project.database()).isNotNull();
    assertThat(project.database().directConnectionString()).contains(Answers.CONNECTION_STRING);
    assertThat(project.database().project())
        .isEqualTo(new ResourceRef("proj_1", "orders", project.url()));
    assertThat(server.received().get(0).body()).isEqualTo("{\"createDatabase\":true}");
  }

  @Test
  void getsRenamesAndDeletesOne() {
    server
        .then(200, Answers.data(Answers.project("proj_1", "orders")))
        .then(200, Answers.data(Answers.project("proj_1", "bills")))
        .then(204, "");
    Projects projects = server.client().projects();

    assertThat(projects.get("proj_1").name()).isEqualTo("orders");
    assertThat(projects.rename("proj_1", "bills").name()).isEqualTo("bills");
    projects.delete("proj_1");

    assertThat(server.lines())
        .containsExactly(
            "GET /v1/projects/proj_1", "PATCH /v1/projects/proj_1", "DELETE /v1/projects/proj_1");
    assertThat(server.received().get(1).body()).isEqualTo("{\"name\":\"bills\"}");
  }

  @Test
  void listsThem() {
    server.then(200, Answers.page("", Answers.project("proj_1", "orders")));

    assertThat(server.client().projects().list(PageRequest.first().limit(7)).items())
        .extracting(Project::id)
        .containsExactly("proj_1");
    assertThat(server.lines()).containsExactly("GET /v1/projects?limit=7");
  }
}
