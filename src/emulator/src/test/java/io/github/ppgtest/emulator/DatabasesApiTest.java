package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class DatabasesApiTest {
  private final TestEmulator emulator = new TestEmulator(b -> b.unavailableRegion("eu-west-3"));
  private final FakeDatabaseEngine engine = emulator.engine;

  @AfterEach
  void close() {
    emulator.close();
  }

  private Answer create(String projectId, String furtherFields) {
    return emulator.post(
        "/v1/databases", "{\"projectId\": \"%s\"%s}".formatted(projectId, furtherFields));
  }

  @Nested
  final class Creation {
    @Test
    void answersProvisioningUntilTheEngineHasIt() {
      CountDownLatch hold = engine.holdCreations();
      Answer created = create(emulator.newProject(), ", \"name\": \"orders\"");
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.id()).matches("db_[a-z0-9]{25}");
      assertThat(created.data("/name")).isEqualTo("orders");
      assertThat(created.data("/status")).isEqualTo("provisioning");
      assertThat(emulator.get("/v1/databases/" + created.id()).data("/status"))
          .isEqualTo("provisioning");
      assertThat(engine.databases).isEmpty();

      hold.countDown();
      emulator.awaitStatus(created.id(), "ready");
      assertThat(engine.databases).containsExactly(created.id());
    }

    @Test
    void answersProvisioningEvenWhereTheEngineIsFaster() {
      String project = emulator.newProject();
      for (int i = 0; i < 20; i++) {
        assertThat(create(project, "").data("/status")).isEqualTo("provisioning");
      }
    }

    @Test
    void makesTheLoginOfTheDefaultConnection() {
      Answer created = create(emulator.newProject(), "");
      emulator.awaitStatus(created.id(), "ready");
      String connectionString = created.data("/connections/0/endpoints/direct/connectionString");
      assertThat(connectionString)
          .matches(
              "postgres://[0-9a-f]{64}:sk_[A-Za-z0-9_-]{24,}@localhost:54321/%s\\?sslmode=require"
                  .formatted(created.id()));
      String username = connectionString.substring(11, 75);
      assertThat(engine.logins).containsExactly(Map.entry(username, created.id()));
      assertThat(connectionString).contains(":" + engine.passwords.get(username) + "@");
      assertThat(created.data("/defaultConnectionId")).isEqualTo(created.data("/connections/0/id"));
    }

    @Test
    void namesAConnectionStringInNoLaterAnswer() {
      Answer created = create(emulator.newProject(), "");
      String project = created.data("/project/id");
      emulator.awaitStatus(created.id(), "ready");
      String password = engine.passwords.values().iterator().next();
      assertThat(created.text()).contains(password);
      String connection = created.data("/connections/0/id");
      for (String path :
          new String[] {
            "/v1/databases",
            "/v1/databases/" + created.id(),
            "/v1/databases/" + created.id() + "/connections",
            "/v1/projects/" + project + "/databases",
            "/v1/connections",
            "/v1/connections/" + connection
          }) {
        Answer later = emulator.get(path);
        assertThat(later.status()).isEqualTo(200);
        assertThat(later.text())
            .contains(connection)
            .doesNotContain("connectionString", "sk_", password);
      }
    }

    @Test
    void becomesAFailureWhereTheEngineFailsAndCanBeDeletedThen() {
      engine.failToCreate(true);
      String id = create(emulator.newProject(), "").id();
      emulator.awaitStatus(id, "failure");
      assertThat(emulator.delete("/v1/databases/" + id).status()).isEqualTo(204);
      assertThat(emulator.get("/v1/databases/" + id).status()).isEqualTo(404);
    }

    @Test
    void goesToUsEast1UnlessToldOtherwise() {
      String project = emulator.newProject();
      assertThat(create(project, "").data("/region/id")).isEqualTo("us-east-1");
      assertThat(create(project, ", \"region\": \"ap-northeast-1\"").data("/region/id"))
          .isEqualTo("ap-northeast-1");
    }

    @Test
    void inheritsTheRegionOfItsProject() {
      String project =
          emulator
              .post("/v1/projects", "{\"createDatabase\": false, \"region\": \"eu-central-1\"}")
              .id();
      assertThat(create(project, ", \"region\": \"inherit\"").data("/region/id"))
          .isEqualTo("eu-central-1");
    }

    @Test
    void inheritsTheRegionOfTheDefaultDatabaseWhereTheProjectHasNone() {
      String project = emulator.newProject();
      create(project, ", \"isDefault\": true, \"region\": \"us-west-1\"");
      assertThat(create(project, ", \"region\": \"inherit\"").data("/region/id"))
          .isEqualTo("us-west-1");
    }

    @Test
    void movesTheDefaultToTheNewDatabase() {
      Answer project = emulator.post("/v1/projects", "{}");
      String former = project.data("/database/id");
      Answer created = create(project.id(), ", \"isDefault\": true");
      assertThat(created.data().get("isDefault").booleanValue()).isTrue();
      assertThat(emulator.get("/v1/databases/" + former).data().get("isDefault").booleanValue())
          .isFalse();
    }

    @Test
    void takesTheBranchOfItsProjectAndNoOther() {
      String project = emulator.newProject();
      String branch = create(project, "").data("/branchId");
      assertThat(branch).matches("br_[a-z0-9]{25}");
      assertThat(create(project, ", \"branchId\": \"%s\"".formatted(branch)).status())
          .isEqualTo(201);
      Answer elsewhere = create(project, ", \"branchId\": \"br_elsewhere\"");
      assertThat(elsewhere.status()).isEqualTo(404);
      assertThat(elsewhere.message()).isEqualTo("Branch \"br_elsewhere\" was not found.");
    }

    @Test
    void takesTheSourceEmpty() {
      assertThat(
              create(emulator.newProject(), ", \"source\": {\"type\": \"empty\"}")
                  .data("/source/type"))
          .isEqualTo("empty");
    }

    @Test
    void refusesALogicalIdThatIsTakenOnTheBranch() {
      String project = emulator.newProject();
      String first = create(project, ", \"logicalId\": \"main\"").id();
      Answer second = create(project, ", \"logicalId\": \"main\"");
      assertThat(second.status()).isEqualTo(409);
      assertThat(second.code()).isEqualTo("resource-conflict");
      assertThat(second.message())
          .startsWith("Database " + first + " has the logicalId \"main\" on branch br_");
      assertThat(create(emulator.newProject(), ", \"logicalId\": \"main\"").status())
          .isEqualTo(201);
    }

    @Test
    void needsAProjectThatExists() {
      Answer unknown = create("proj_0123456789012345678901234", "");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.code()).isEqualTo("resource-not-found");
      assertThat(unknown.message())
          .isEqualTo("Project \"proj_0123456789012345678901234\" was not found.");
      assertThat(unknown.hint()).isEmpty();
      Answer bare = create("0123456789012345678901234", "");
      assertThat(bare.status()).isEqualTo(404);
      assertThat(bare.hint()).isEqualTo("The id of a project starts with \"proj_\".");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            "name": 7                    | name: must be a string.
            "name": null                 | name: must be a string.
            "name": " "                  | name: must not be empty.
            "isDefault": "yes"           | isDefault: must be true or false.
            "region": "mars"             | region: there is no region "mars"; available are us-east-1, us-west-1, eu-central-1, ap-northeast-1, ap-southeast-1.
            "region": "eu-west-3"        | region: eu-west-3 is unavailable at the moment; available are us-east-1, us-west-1, eu-central-1, ap-northeast-1, ap-southeast-1.
            "source": "backup"           | source: must be an object.
            "source": {}                 | source.type: is required.
            "source": {"type": "air"}    | source.type: must be empty, database or backup, not "air".
            "source": {"type": "database"} | source.databaseId: is required.
            "source": {"type": "backup", "databaseId": "db_1"} | source.backupId: is required.
            "branchId": null             | branchId: must be a string.
            "branchGitName": "main"      | branchGitName: the emulator only has the default branch of each project so far.
            """)
    void refusesAFieldByItsName(String field, String message) {
      Answer refused = create(emulator.newProject(), ", " + field);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.code()).isEqualTo("validation-error");
      assertThat(refused.message()).isEqualTo(message);
      assertThat(emulator.get("/v1/databases").data()).isEmpty();
    }

    @Test
    void refusesANameOfMoreThan255Characters() {
      String project = emulator.newProject();
      assertThat(create(project, ", \"name\": \"%s\"".formatted("n".repeat(255))).status())
          .isEqualTo(201);
      Answer refused = create(project, ", \"name\": \"%s\"".formatted("n".repeat(256)));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.message())
          .isEqualTo("name: must have at most 255 characters, but has 256.");
    }

    @Test
    void needsAProjectId() {
      for (String body : new String[] {"", "{}"}) {
        Answer refused = emulator.post("/v1/databases", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).isEqualTo("projectId: is required.");
      }
    }
  }

  @Nested
  final class CreationBelowAProject {
    @Test
    void addsTheDeprecatedFields() {
      String project = emulator.newProject();
      Answer created = emulator.post("/v1/projects/" + project + "/databases", "{\"name\": \"n\"}");
      assertThat(created.status()).isEqualTo(201);
      JsonNode data = created.data();
      String connectionString = created.data("/connections/0/endpoints/direct/connectionString");
      assertThat(data.get("connectionString").stringValue()).isEqualTo(connectionString);
      assertThat(created.data("/apiKeys/0/connectionString")).isEqualTo(connectionString);
      assertThat(created.data("/directConnection/host")).isEqualTo("localhost:54321");
      assertThat(connectionString)
          .contains(
              created.data("/directConnection/user")
                  + ":"
                  + created.data("/directConnection/pass")
                  + "@");
    }

    @Test
    void needsTheProject() {
      Answer refused = emulator.post("/v1/projects/db_1/databases", "{}");
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.hint()).isEqualTo("The id of a project starts with \"proj_\".");
    }
  }

  @Nested
  final class Lists {
    @Test
    void filterByProjectLogicalIdAndBranch() {
      String one = emulator.newProject();
      String other = emulator.newProject();
      String plain = create(one, "").id();
      Answer declared = create(one, ", \"logicalId\": \"main\"");
      String elsewhere = create(other, ", \"logicalId\": \"main\"").id();

      assertThat(ids("/v1/databases")).containsExactly(plain, declared.id(), elsewhere);
      assertThat(ids("/v1/databases?projectId=" + one)).containsExactly(plain, declared.id());
      assertThat(ids("/v1/projects/" + other + "/databases")).containsExactly(elsewhere);
      assertThat(ids("/v1/databases?logicalId=main")).containsExactly(declared.id(), elsewhere);
      assertThat(ids("/v1/databases?logicalId=main&projectId=" + one))
          .containsExactly(declared.id());
      assertThat(ids("/v1/databases?branchId=" + declared.data("/branchId")))
          .containsExactly(plain, declared.id());
      assertThat(ids("/v1/databases?branchId=unassigned")).isEmpty();
      assertThat(ids("/v1/databases?projectId=proj_unknown")).isEmpty();
    }

    private List<String> ids(String path) {
      Answer answer = emulator.get(path);
      assertThat(answer.status()).isEqualTo(200);
      return answer.data().valueStream().map(item -> item.get("id").stringValue()).toList();
    }

    @Test
    void refuseWhatTheyCannotFilterBy() {
      Answer bare = emulator.get("/v1/databases?projectId=abc");
      assertThat(bare.status()).isEqualTo(422);
      assertThat(bare.message())
          .isEqualTo("projectId: \"abc\" is no such id: it starts with \"proj_\".");
      Answer byName = emulator.get("/v1/databases?branchGitName=main");
      assertThat(byName.status()).isEqualTo(422);
      assertThat(byName.message())
          .isEqualTo("branchGitName: the emulator does not know branches by name; take branchId.");
      assertThat(emulator.get("/v1/projects/proj_unknown/databases").status()).isEqualTo(404);
    }
  }

  @Nested
  final class Update {
    @Test
    void changesNameAndLogicalId() {
      String id = create(emulator.newProject(), "").id();
      Answer updated =
          emulator.patch("/v1/databases/" + id, "{\"name\": \"new\", \"logicalId\": \"main\"}");
      assertThat(updated.status()).isEqualTo(200);
      assertThat(updated.data("/name")).isEqualTo("new");
      assertThat(updated.data("/connections/0/database/name")).isEqualTo("new");
      assertThat(emulator.get("/v1/databases/" + id).data("/logicalId")).isEqualTo("main");
      assertThat(emulator.patch("/v1/databases/" + id, "{}").data("/name")).isEqualTo("new");
    }

    @Test
    void refusesALogicalIdThatAnotherHas() {
      String project = emulator.newProject();
      String first = create(project, ", \"logicalId\": \"main\"").id();
      String second = create(project, "").id();
      String body = "{\"logicalId\": \"main\"}";
      assertThat(emulator.patch("/v1/databases/" + second, body).status()).isEqualTo(409);
      assertThat(emulator.patch("/v1/databases/" + first, body).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "name: must not be empty.|{\"name\": \"\"}",
          "branchId: the emulator does not move databases between branches.|{\"branchId\": \"b\"}"
        })
    void refusesAFieldByItsName(String messageAndBody) {
      String[] parts = messageAndBody.split("\\|");
      String id = create(emulator.newProject(), "").id();
      Answer refused = emulator.patch("/v1/databases/" + id, parts[1]);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.message()).isEqualTo(parts[0]);
    }

    @Test
    void needsADatabaseThatExists() {
      assertThat(emulator.patch("/v1/databases/db_unknown", "{}").status()).isEqualTo(404);
    }
  }

  @Nested
  final class Deletion {
    @Test
    void dropsDatabaseAndLoginsBeforeItAnswers() {
      String id = emulator.newDatabase(emulator.newProject());
      emulator.post("/v1/connections", "{\"databaseId\": \"%s\", \"name\": \"c\"}".formatted(id));
      assertThat(engine.logins).hasSize(2);
      Answer deleted = emulator.delete("/v1/databases/" + id);
      assertThat(deleted.status()).isEqualTo(204);
      assertThat(deleted.text()).isEmpty();
      assertThat(engine.databases).isEmpty();
      assertThat(engine.logins).isEmpty();
      assertThat(emulator.get("/v1/databases/" + id).status()).isEqualTo(404);
      assertThat(emulator.get("/v1/connections").data()).isEmpty();
    }

    @Test
    void refusesTheDefaultDatabase() {
      Answer project = emulator.post("/v1/projects", "{}");
      String id = project.data("/database/id");
      Answer refused = emulator.delete("/v1/databases/" + id);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("permission-denied");
      assertThat(refused.message())
          .isEqualTo(
              "Database %s is the default database of project %s and cannot be deleted."
                  .formatted(id, project.id()));
      assertThat(refused.hint()).isEqualTo("Delete the project, which takes its databases along.");
      assertThat(emulator.get("/v1/databases/" + id).status()).isEqualTo(200);
    }

    @Test
    void waitsForADatabaseThatIsStillProvisioning() throws Exception {
      CountDownLatch hold = engine.holdCreations();
      String id = create(emulator.newProject(), "").id();
      CompletableFuture<Answer> deletion =
          CompletableFuture.supplyAsync(() -> emulator.delete("/v1/databases/" + id));
      while (emulator.get("/v1/databases/" + id).status() != 404) {
        Thread.onSpinWait();
      }
      assertThat(deletion).isNotDone();
      hold.countDown();
      assertThat(deletion.get().status()).isEqualTo(204);
      assertThat(engine.databases).isEmpty();
      assertThat(engine.logins).isEmpty();
    }

    @Test
    void answersNotFoundTheSecondTime() {
      String id = emulator.newDatabase(emulator.newProject());
      emulator.delete("/v1/databases/" + id);
      Answer again = emulator.delete("/v1/databases/" + id);
      assertThat(again.status()).isEqualTo(404);
      assertThat(again.message()).isEqualTo("Database \"%s\" was not found.".formatted(id));
    }

    @Test
    void keepsADatabaseThatTheEngineCannotDropUntilItCan() {
      String id = emulator.newDatabase(emulator.newProject());
      engine.failToDrop(true);
      assertThat(emulator.delete("/v1/databases/" + id).status()).isEqualTo(500);
      assertThat(emulator.get("/v1/databases/" + id).data("/status")).isEqualTo("failure");
      engine.failToDrop(false);
      assertThat(emulator.delete("/v1/databases/" + id).status()).isEqualTo(204);
      assertThat(engine.databases).isEmpty();
      assertThat(engine.logins).isEmpty();
    }
  }
}
