package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();

  @Test
  void createsOneForADatabase() {
    // The nested POST answers 200, not 201.
    server.then(
        200,
        Answers.data(
            Answers.connection("con_2", "migrations", Answers.CREATED_AT, Answers.withSecret())));

    Connection connection = server.client().connections().create("db_1", "migrations");

    assertThat(connection.id()).isEqualTo("con_2");
    assertThat(connection.directConnectionString()).contains(Answers.CONNECTION_STRING);
    assertThat(server.lines()).containsExactly("POST /v1/databases/db_1/connections");
    assertThat(server.received().get(0).body()).isEqualTo("{\"name\":\"migrations\"}");
  }

  @Test
  void getsAndDeletesOne() {
    server
        .then(
            200,
            Answers.data(
                Answers.connection("con_2", "m", Answers.CREATED_AT, Answers.withoutSecret())))
        .then(204, "");
    Connections connections = server.client().connections();

    Connection connection = connections.get("con_2");
    connections.delete("con_2");

    assertThat(connection.directConnectionString()).isEmpty();
    assertThat(connection.endpoints().direct()).isEqualTo(new Endpoint("db.prisma.io", 5432, null));
    assertThat(server.lines())
        .containsExactly("GET /v1/connections/con_2", "DELETE /v1/connections/con_2");
  }

  @Test
  void listsThoseOfADatabase() {
    server.then(
        200,
        Answers.page(
            "", Answers.connection("con_1", "a", Answers.CREATED_AT, Answers.withoutSecret())));

    assertThat(server.client().connections().all("db_1").map(Connection::id))
        .containsExactly("con_1");
    assertThat(server.lines()).containsExactly("GET /v1/databases/db_1/connections?limit=100");
  }
}
