package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProjectsApiTest {
  private final TestEmulator emulator = new TestEmulator(b -> b.unavailableRegion("us-east-1"));
  private final FakeDatabaseEngine engine = emulator.engine;

  @AfterEach
  void close() {
    emulator.close();
  }

  private Answer create(String fields) {
    return emulator.post("/v1/projects", "{" + fields + "}");
  }

  @Nested
  final class Creation {
    @Test
    void makesADefaultDatabaseInItsRegion() {
      Answer created = create("\"name\": \"shop\", \"region\": \"eu-west-3\"");
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.id()).matches("proj_[a-z0-9]{25}");
      assertThat(created.data("/name")).isEqualTo("shop");
      assertThat(created.data("/defaultRegion")).isEqualTo("eu-west-3");
      assertThat(created.data("/database/status")).isEqualTo("provisioning");
      assertThat(created.data().at("/database/isDefault").booleanValue()).isTrue();
      assertThat(created.data("/database/region/id")).isEqualTo("eu-west-3");
      assertThat(created.data("/database/connections/0/endpoints/direct/connectionString"))
          .startsWith("postgres://")
          .isEqualTo(created.data("/database/connectionString"));
      emulator.awaitStatus(created.data("/database/id"), "ready");
      assertThat(engine.databases).containsExactly(created.data("/database/id"));
    }

    @Test
    void makesNoDatabaseWhereNoneIsWanted() {
      Answer created = create("\"createDatabase\": false");
      assertThat(created.data().get("database").isNull()).isTrue();
      assertThat(created.data().get("defaultRegion").isNull()).isTrue();
      assertThat(emulator.get("/v1/databases").data()).isEmpty();
    }

    @Test
    void takesNoBodyAtAll() {
      try (TestEmulator plain = new TestEmulator()) {
        assertThat(plain.post("/v1/projects", "").status()).isEqualTo(201);
      }
    }

    @Test
    void refusesALogicalIdThatIsTakenInTheWorkspace() {
      String first = create("\"createDatabase\": false, \"logicalId\": \"shop\"").id();
      Answer second = create("\"createDatabase\": false, \"logicalId\": \"shop\"");
      assertThat(second.status()).isEqualTo(409);
      assertThat(second.message())
          .isEqualTo(
              "Project %s has the logicalId \"shop\" in this workspace already.".formatted(first));
    }

    @Test
    void takesTheWorkspaceOfTheTokenAndNoOther() {
      String workspace = emulator.get("/v1/me").data("/workspace/id");
      String body = "\"createDatabase\": false, \"workspaceId\": \"%s\"";
      assertThat(create(body.formatted(workspace)).status()).isEqualTo(201);
      Answer elsewhere = create(body.formatted("elsewhere"));
      assertThat(elsewhere.status()).isEqualTo(404);
      assertThat(elsewhere.hint()).isEqualTo("The id of a workspace starts with \"wksp_\".");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            "createDatabase": 1    | createDatabase: must be true or false.
            "name": []             | name: must be a string.
            "region": "inherit"    | region: there is no region "inherit"; available are us-west-1, eu-west-3, eu-central-1, ap-northeast-1, ap-southeast-1.
            "name": "default"      | region: us-east-1 is unavailable at the moment; available are us-west-1, eu-west-3, eu-central-1, ap-northeast-1, ap-southeast-1.
            """)
    void refusesAFieldByItsName(String fields, String message) {
      Answer refused = create(fields);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.code()).isEqualTo("validation-error");
      assertThat(refused.message()).isEqualTo(message);
      assertThat(emulator.get("/v1/projects").data()).isEmpty();
    }
  }

  @Test
  void listFiltersByLogicalId() {
    create("\"createDatabase\": false");
    String declared = create("\"createDatabase\": false, \"logicalId\": \"shop\"").id();
    Answer all = emulator.get("/v1/projects");
    assertThat(all.data()).hasSize(2);
    Answer some = emulator.get("/v1/projects?logicalId=shop");
    assertThat(some.data()).hasSize(1);
    assertThat(some.data("/0/id")).isEqualTo(declared);
  }

  @Test
  void isRenamed() {
    String id = emulator.newProject();
    Answer updated =
        emulator.patch("/v1/projects/" + id, "{\"name\": \"new\", \"settings\": {\"a\": 1}}");
    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.data("/name")).isEqualTo("new");
    assertThat(emulator.get("/v1/projects/" + id).data("/name")).isEqualTo("new");
    Answer refused = emulator.patch("/v1/projects/" + id, "{\"settings\": 1}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message()).isEqualTo("settings: must be an object.");
  }

  @Test
  void isNotFoundUnderAnotherId() {
    assertThat(emulator.get("/v1/projects/proj_unknown").status()).isEqualTo(404);
    assertThat(emulator.patch("/v1/projects/proj_unknown", "{}").status()).isEqualTo(404);
    assertThat(emulator.delete("/v1/projects/proj_unknown").status()).isEqualTo(404);
    assertThat(emulator.get("/v1/projects/unknown").hint())
        .isEqualTo("The id of a project starts with \"proj_\".");
  }

  @Nested
  final class Deletion {
    @Test
    void takesItsDatabasesAlong() {
      Answer project = create("\"region\": \"eu-west-3\"");
      emulator.post(
          "/v1/databases",
          "{\"projectId\": \"%s\", \"region\": \"inherit\"}".formatted(project.id()));
      String other = create("\"region\": \"eu-west-3\"").data("/database/id");
      emulator.awaitStatus(other, "ready");

      assertThat(emulator.delete("/v1/projects/" + project.id()).status()).isEqualTo(204);
      assertThat(engine.databases).containsExactly(other);
      assertThat(engine.logins.values()).containsExactly(other);
      assertThat(emulator.get("/v1/projects/" + project.id()).status()).isEqualTo(404);
      assertThat(emulator.get("/v1/databases").data()).hasSize(1);
    }

    @Test
    void bringsBackWhatTheEngineCouldNotDrop() {
      Answer project = create("\"region\": \"eu-west-3\"");
      String database = project.data("/database/id");
      emulator.awaitStatus(database, "ready");
      engine.failToDrop(true);
      assertThat(emulator.delete("/v1/projects/" + project.id()).status()).isEqualTo(500);
      assertThat(emulator.get("/v1/databases/" + database).data("/status")).isEqualTo("failure");
      engine.failToDrop(false);
      assertThat(emulator.delete("/v1/projects/" + project.id()).status()).isEqualTo(204);
      assertThat(engine.databases).isEmpty();
    }
  }

  @Test
  void isListedWhileTheEngineIsBusy() {
    CountDownLatch hold = engine.holdCreations();
    create("\"region\": \"eu-west-3\"");
    assertThat(emulator.get("/v1/projects").data()).hasSize(1);
    hold.countDown();
  }
}
