package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the API answered before it wrapped and nested things. */
final class OldShapesTest {
  private static final String DIRECT =
      "{\"host\":\"db.prisma.io:5432\",\"user\":\"u\",\"pass\":\"p/w\"}";

  @AutoClose private final ScriptedApi server = new ScriptedApi();

  @Test
  void readsTheBareObject() {
    server.then(200, Answers.database("db_1", "orders"));

    assertThat(server.client().databases().get("db_1").name()).isEqualTo("orders");
  }

  @Test
  void readsTheBareList() {
    server.then(200, "[" + Answers.project("proj_1", "a") + "]");

    assertThat(server.client().projects().all().map(Project::id)).containsExactly("proj_1");
  }

  @Test
  void readsApiKeysInPlaceOfConnections() {
    server.then(
        201,
        """
        {"id":"db_1","name":"a","status":"ready","createdAt":"%1$s","isDefault":true,
         "apiKeys":[{"id":"con_1","name":"k","createdAt":"%1$s",
           "connectionString":"prisma+postgres://accelerate.prisma-data.net/?api_key=k",
           "ppgDirectConnection":%2$s}]}"""
            .formatted(Answers.CREATED_AT, DIRECT));

    Database database = server.client().databases().create(CreateDatabase.inProject("proj_1"));

    assertThat(database.directConnectionString())
        .contains("postgres://u:p%2Fw@db.prisma.io:5432/postgres?sslmode=require");
    assertThat(database.connections())
        .singleElement()
        .extracting(Connection::endpoints)
        .isEqualTo(
            new Endpoints(
                new Endpoint(
                    "db.prisma.io",
                    5432,
                    "postgres://u:p%2Fw@db.prisma.io:5432/postgres?sslmode=require"),
                null,
                new Endpoint(
                    "accelerate.prisma-data.net",
                    443,
                    "prisma+postgres://accelerate.prisma-data.net/?api_key=k")));
  }

  @Test
  void givesTheDatabasesOwnConnectionStringToItsDefaultConnection() {
    server.then(
        201,
        """
        {"id":"db_1","name":"a","status":"ready","createdAt":"%1$s","defaultConnectionId":"con_2",
         "connectionString":"%2$s",
         "connections":[{"id":"con_1","name":"x","createdAt":"%1$s"},
                        {"id":"con_2","name":"y","createdAt":"%1$s"}]}"""
            .formatted(Answers.CREATED_AT, Answers.CONNECTION_STRING));

    Database database = server.client().databases().create(CreateDatabase.inProject("proj_1"));

    assertThat(database.directConnectionString()).contains(Answers.CONNECTION_STRING);
    assertThat(database.connections())
        .filteredOn(c -> c.directConnectionString().isPresent())
        .extracting(Connection::id)
        .containsExactly("con_2");
  }

  @Test
  void prefersThePresentShape() {
    server.then(
        200,
        Answers.data(
            Answers.connection("con_1", "a", Answers.CREATED_AT, Answers.withSecret())
                .replace("\"directConnection\":null", "\"directConnection\":" + DIRECT)));

    assertThat(server.client().connections().create("db_1", "a").directConnectionString())
        .contains(Answers.CONNECTION_STRING);
  }
}
