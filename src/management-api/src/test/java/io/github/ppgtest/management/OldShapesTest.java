package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void readsTheBareObjectsThatCreationAndRotationAnswered() {
    String connection = Answers.connection("con_1", "a", Answers.CREATED_AT, Answers.withSecret());
    server
        .then(201, Answers.project("proj_1", "p", Answers.CREATED_AT, Answers.created("db_1", "d")))
        .then(201, Answers.created("db_1", "d"))
        .then(201, connection)
        .then(200, connection);
    ManagementApi api = server.client();

    assertThat(api.projects().create(CreateProject.named("p")).database().directConnectionString())
        .contains(Answers.CONNECTION_STRING);
    assertThat(api.databases().create(CreateDatabase.inProject("proj_1")).directConnectionString())
        .contains(Answers.CONNECTION_STRING);
    assertThat(api.connections().create("db_1", "a").directConnectionString())
        .contains(Answers.CONNECTION_STRING);
    assertThat(api.connections().rotate("con_1").directConnectionString())
        .contains(Answers.CONNECTION_STRING);
  }

  @Test
  void readsTheBareListsOfDatabasesAndConnections() {
    server
        .then(200, "[" + Answers.database("db_1", "a") + "," + Answers.database("db_2", "b") + "]")
        .then(
            200,
            "["
                + Answers.connection("con_1", "a", Answers.CREATED_AT, Answers.withoutSecret())
                + "]");

    assertThat(server.client().databases().all("proj_1").map(Database::id))
        .containsExactly("db_1", "db_2");
    assertThat(server.client().connections().all("db_1").map(Connection::id))
        .containsExactly("con_1");
  }

  /** The connections of an answer, in a database that says nothing else. */
  private Database created(String furtherFields) {
    server.then(
        201,
        """
        {"id":"db_1","name":"a","status":"ready","createdAt":"%s","isDefault":true%s}"""
            .formatted(Answers.CREATED_AT, furtherFields));
    return server.client().databases().create(CreateDatabase.inProject("proj_1"));
  }

  private static String connection(String furtherFields) {
    return """
        {"id":"con_1","name":"k","createdAt":"%s"%s}"""
        .formatted(Answers.CREATED_AT, furtherFields);
  }

  @ParameterizedTest
  @MethodSource("connectionsWithoutEndpoints")
  void readsConnectionsWithoutEndpoints(String fields, String expected) {
    assertThat(created(",\"connections\":[" + connection(fields) + "]").directConnectionString())
        .contains(expected);
  }

  @ParameterizedTest
  @MethodSource("connectionsWithoutEndpoints")
  void readsAConnectionWithoutEndpointsThatWasCreatedAlone(String fields, String expected) {
    server.then(201, connection(fields));

    assertThat(server.client().connections().create("db_1", "k").directConnectionString())
        .contains(expected);
  }

  static Stream<Arguments> connectionsWithoutEndpoints() {
    String accelerate =
        ",\"connectionString\":\"prisma+postgres://accelerate.prisma-data.net/?api_key=k\"";
    return Stream.of(
        Arguments.of(
            ",\"connectionString\":\"" + Answers.CONNECTION_STRING + "\"",
            Answers.CONNECTION_STRING),
        Arguments.of(
            ",\"connectionString\":\"postgresql://u:p@db.prisma.io/?sslmode=require\"",
            "postgresql://u:p@db.prisma.io/?sslmode=require"),
        Arguments.of(
            accelerate
                + ",\"directConnection\":{\"host\":\"db.prisma.io\",\"user\":\"u\",\"pass\":\"p\"}",
            "postgres://u:p@db.prisma.io:5432/postgres?sslmode=require"),
        Arguments.of(
            ",\"directConnection\":{\"host\":\"db.prisma.io:6543\",\"user\":\"u@x\",\"pass\":\"p:/?#%% ä\"}"
                .replace("%%", "%"),
            "postgres://u%40x:p%3A%2F%3F%23%25%20%C3%A4@db.prisma.io:6543/postgres?sslmode=require"),
        Arguments.of(
            accelerate + ",\"ppgDirectConnection\":" + DIRECT,
            "postgres://u:p%2Fw@db.prisma.io:5432/postgres?sslmode=require"),
        Arguments.of(
            accelerate + ",\"host\":\"db.prisma.io:5432\",\"user\":\"u\",\"pass\":\"p\"",
            "postgres://u:p@db.prisma.io:5432/postgres?sslmode=require"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"directConnection\":{\"host\":\"db.prisma.io\",\"user\":\"u\",\"pass\":\"p\"}",
        ",\"ppgDirectConnection\":{\"host\":\"db.prisma.io:5432\",\"user\":\"u\",\"pass\":\"p\"}",
        ",\"connectionString\":\"postgres://u:p@db.prisma.io:5432/postgres?sslmode=require\""
      })
  void readsADatabaseThatNamesNoConnection(String fields) {
    Database database = created(fields + ",\"region\":\"us-east-1\"");

    assertThat(database.directConnectionString())
        .contains("postgres://u:p@db.prisma.io:5432/postgres?sslmode=require");
    assertThat(database.connections()).singleElement().extracting(Connection::id).isEqualTo("db_1");
    assertThat(database.region()).isEqualTo(new ResourceRef("us-east-1", "us-east-1", null));
  }

  @Test
  void readsAProjectThatComesWithAListOfDatabases() {
    server.then(
        201,
        """
        {"id":"proj_1","name":"p","createdAt":"%1$s","databases":[
          {"id":"db_1","name":"a","status":"ready","createdAt":"%1$s","apiKeys":[
            {"id":"con_1","name":"k","createdAt":"%1$s","ppgDirectConnection":%2$s}]}]}"""
            .formatted(Answers.CREATED_AT, DIRECT));

    Project project = server.client().projects().create(CreateProject.named("p"));

    assertThat(project.database().id()).isEqualTo("db_1");
    assertThat(project.database().directConnectionString())
        .contains("postgres://u:p%2Fw@db.prisma.io:5432/postgres?sslmode=require");
  }

  @Test
  void showsNoSecretOfAnOldShapeThatItCannotRead() {
    server.then(201, connection(",\"connectionString\":\"postgres://u:sk_geheim@\""));

    assertThatThrownBy(() -> server.client().connections().create("db_1", "k"))
        .isInstanceOf(UnexpectedAnswerException.class)
        .hasMessageNotContaining("sk_geheim");
  }
}
