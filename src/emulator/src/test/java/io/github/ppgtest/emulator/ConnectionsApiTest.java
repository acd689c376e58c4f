package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectionsApiTest {
  private final TestEmulator emulator = new TestEmulator();
  private final FakeDatabaseEngine engine = emulator.engine;
  private final String database = emulator.newDatabase(emulator.newProject());

  @AfterEach
  void close() {
    emulator.close();
  }

  private Answer create(String name) {
    return emulator.post(
        "/v1/connections", "{\"databaseId\": \"%s\", \"name\": \"%s\"}".formatted(database, name));
  }

  private Answer createNested(String body) {
    return emulator.post("/v1/databases/" + database + "/connections", body);
  }

  @Test
  void hasALoginOfItsOwnOnceItIsAnswered() {
    Answer created = create("reader");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.id()).matches("con_[a-z0-9]{25}");
    assertThat(created.data("/name")).isEqualTo("reader");
    String user = created.data("/user");
    assertThat(engine.logins).hasSize(2).containsEntry(user, database);
    assertThat(created.data("/pass")).isEqualTo(engine.passwords.get(user));
    assertThat(created.data("/endpoints/direct/connectionString"))
        .isEqualTo(
            "postgres://%s:%s@localhost:54321/%s?sslmode=require"
                .formatted(user, created.data("/pass"), database))
        .isEqualTo(created.data("/connectionString"));
    assertThat(created.data("/host")).isEqualTo("localhost:54321");
  }

  @Test
  void isAnsweredWith200BelowItsDatabase() {
    Answer created = createNested("{\"name\": \"reader\"}");
    assertThat(created.status()).isEqualTo(200);
    assertThat(created.data("/database/id")).isEqualTo(database);
  }

  @Test
  void isListedInTheOrderOfCreation() {
    String other = emulator.newDatabase(emulator.newProject());
    String created = create("reader").id();
    String first = emulator.get("/v1/databases/" + database).data("/defaultConnectionId");
    Answer nested = emulator.get("/v1/databases/" + database + "/connections");
    assertThat(nested.data()).hasSize(2);
    assertThat(nested.data("/0/id")).isEqualTo(first);
    assertThat(nested.data("/1/id")).isEqualTo(created);
    assertThat(emulator.get("/v1/connections?databaseId=" + database).data())
        .isEqualTo(nested.data());
    assertThat(emulator.get("/v1/connections?databaseId=" + other).data()).hasSize(1);
    assertThat(emulator.get("/v1/connections").data()).hasSize(3);
    assertThat(emulator.get("/v1/connections/" + created).data()).isEqualTo(nested.data().get(1));
  }

  @Test
  void hasAnotherPasswordAndTheSameLoginWhenRotated() {
    Answer created = create("reader");
    Answer rotated = emulator.post("/v1/connections/" + created.id() + "/rotate", "");
    assertThat(rotated.status()).isEqualTo(200);
    assertThat(rotated.id()).isEqualTo(created.id());
    assertThat(rotated.data("/user")).isEqualTo(created.data("/user"));
    assertThat(rotated.data("/pass"))
        .matches("sk_[A-Za-z0-9_-]{24,}")
        .isNotEqualTo(created.data("/pass"))
        .isEqualTo(engine.passwords.get(created.data("/user")));
    assertThat(rotated.data("/endpoints/direct/connectionString"))
        .isEqualTo(rotated.data("/connectionString"))
        .contains(":" + rotated.data("/pass") + "@");
    assertThat(engine.logins).hasSize(2);
    assertThat(emulator.get("/v1/connections/" + created.id()).text())
        .doesNotContain(rotated.data("/pass"));
  }

  @Test
  void keepsItsPasswordWhereTheEngineCannotChangeIt() {
    Answer created = create("reader");
    engine.failToLogIn(true);
    assertThat(emulator.post("/v1/connections/" + created.id() + "/rotate", "").status())
        .isEqualTo(500);
    assertThat(engine.passwords).containsEntry(created.data("/user"), created.data("/pass"));
  }

  @Test
  void losesItsLoginWhenDeleted() {
    Answer created = create("reader");
    Answer deleted = emulator.delete("/v1/connections/" + created.id());
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(engine.logins).hasSize(1).doesNotContainKey(created.data("/user"));
    assertThat(emulator.get("/v1/connections/" + created.id()).status()).isEqualTo(404);
  }

  @Test
  void isNoLongerTheDefaultWhenDeleted() {
    String first = emulator.get("/v1/databases/" + database).data("/defaultConnectionId");
    emulator.delete("/v1/connections/" + first);
    assertThat(emulator.get("/v1/databases/" + database).data().get("defaultConnectionId").isNull())
        .isTrue();
  }

  @Test
  void staysWhereTheEngineCannotDropItsLogin() {
    String created = create("reader").id();
    engine.failToDrop(true);
    assertThat(emulator.delete("/v1/connections/" + created).status()).isEqualTo(500);
    assertThat(emulator.get("/v1/connections/" + created).status()).isEqualTo(200);
  }

  @Test
  void isGoneWhereTheEngineCannotMakeItsLogin() {
    engine.failToLogIn(true);
    assertThat(create("reader").status()).isEqualTo(500);
    assertThat(emulator.get("/v1/connections").data()).hasSize(1);
  }

  @Test
  void isRefusedByADatabaseThatFailed() {
    engine.failToCreate(true);
    String failed =
        emulator
            .post("/v1/databases", "{\"projectId\": \"%s\"}".formatted(emulator.newProject()))
            .id();
    Answer refused = emulator.post("/v1/databases/" + failed + "/connections", "{\"name\": \"n\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.message())
        .isEqualTo(
            "Database %s has the status `failure` and takes no connections.".formatted(failed));
    assertThat(emulator.get("/v1/connections?databaseId=" + failed).data()).hasSize(1);
  }

  @Test
  void needsADatabaseAndAName() {
    Answer noName = createNested("{}");
    assertThat(noName.status()).isEqualTo(422);
    assertThat(noName.message()).isEqualTo("name: is required.");
    Answer noDatabase = emulator.post("/v1/connections", "{\"name\": \"n\"}");
    assertThat(noDatabase.status()).isEqualTo(422);
    assertThat(noDatabase.message()).isEqualTo("databaseId: is required.");
  }

  @Test
  void isNotFoundUnderAnotherId() {
    assertThat(emulator.get("/v1/connections/con_unknown").status()).isEqualTo(404);
    assertThat(emulator.delete("/v1/connections/con_unknown").status()).isEqualTo(404);
    assertThat(emulator.post("/v1/connections/con_unknown/rotate", "").status()).isEqualTo(404);
    assertThat(emulator.get("/v1/connections/unknown").hint())
        .isEqualTo("The id of a connection starts with \"con_\".");
    assertThat(emulator.get("/v1/databases/db_unknown/connections").status()).isEqualTo(404);
    assertThat(emulator.post("/v1/databases/unknown/connections", "{\"name\": \"n\"}").hint())
        .isEqualTo("The id of a database starts with \"db_\".");
    assertThat(emulator.get("/v1/connections?databaseId=con_1").message())
        .isEqualTo("databaseId: \"con_1\" is no such id: it starts with \"db_\".");
  }
}
