package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class BackupsApiTest {
  private final TestEmulator emulator = new TestEmulator();
  private final FakeDatabaseEngine engine = emulator.engine;
  private final String project = emulator.newProject();
  private final String database = emulator.newDatabase(project);

  @AfterEach
  void close() {
    emulator.close();
  }

  private Answer list(String query) {
    return emulator.get("/v1/databases/" + database + "/backups" + query);
  }

  private Answer restore(String target, String databaseId, String backupId) {
    return emulator.post(
        "/v1/databases/" + target + "/restore",
        "{\"source\": {\"type\": \"backup\", \"databaseId\": \"%s\", \"backupId\": \"%s\"}}"
            .formatted(databaseId, backupId));
  }

  @Test
  void areMadeOnDemandAndByThemselvesNever() {
    assertThat(list("").data()).isEmpty();
    String backup = emulator.emulator.backUp(database);
    JsonNode shown = list("").data().get(0);
    assertThat(shown.get("id").stringValue()).isEqualTo(backup);
    assertThat(shown.get("backupType").stringValue()).isEqualTo("full");
    assertThat(shown.get("status").stringValue()).isEqualTo("completed");
    assertThat(shown.get("size").longValue()).isEqualTo(8 << 20);
    assertThat(engine.copiedFrom).containsEntry(backup, database);
    assertThat(engine.closedDatabases).containsExactly(backup);
  }

  @Test
  void areListedNewestFirstAndAsManyAsAreWanted() {
    String first = emulator.emulator.backUp(database);
    String second = emulator.emulator.backUp(database);
    emulator.emulator.backUp(emulator.newDatabase(project));

    Answer all = list("");
    assertThat(all.data()).hasSize(2);
    assertThat(all.data("/0/id")).isEqualTo(second);
    assertThat(all.data("/1/id")).isEqualTo(first);
    assertThat(all.json().at("/meta/backupRetentionDays").intValue()).isEqualTo(7);
    assertThat(all.json().at("/pagination/hasMore").booleanValue()).isFalse();
    assertThat(all.json().at("/pagination/limit").isNull()).isTrue();

    Answer one = list("?limit=1");
    assertThat(one.data()).hasSize(1);
    assertThat(one.data("/0/id")).isEqualTo(second);
    assertThat(one.json().at("/pagination/hasMore").booleanValue()).isTrue();
    assertThat(one.json().at("/pagination/limit").intValue()).isEqualTo(1);
    assertThat(list("?limit=0").status()).isEqualTo(422);
    assertThat(emulator.get("/v1/databases/db_unknown/backups").status()).isEqualTo(404);
  }

  @Test
  void goWithTheirDatabase() {
    String backup = emulator.emulator.backUp(database);
    emulator.delete("/v1/databases/" + database);
    assertThat(engine.databases).isEmpty();
    assertThat(restore(emulator.newDatabase(project), database, backup).status()).isEqualTo(404);
  }

  @Test
  void goWithADatabaseThatIsOnlyDeletedAtTheSecondTry() {
    String backup = emulator.emulator.backUp(database);
    engine.failToDrop(true);
    assertThat(emulator.delete("/v1/databases/" + database).status()).isEqualTo(500);
    assertThat(list("").data("/0/id")).isEqualTo(backup);
    engine.failToDrop(false);
    assertThat(emulator.delete("/v1/databases/" + database).status()).isEqualTo(204);
    assertThat(engine.databases).isEmpty();
  }

  @Test
  void leaveNothingWhereTheyCouldNotBeFinished() {
    engine.failToClose(true);
    assertThatThrownBy(() -> emulator.emulator.backUp(database)).hasMessage("still in use");
    assertThat(list("").data()).isEmpty();
    assertThat(engine.databases).containsExactly(database);
  }

  @Test
  void needADatabaseThatIsReadyAndAnEmulatorThatRuns() {
    assertThatThrownBy(() -> emulator.emulator.backUp("db_unknown"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Database \"db_unknown\" was not found.");
    engine.failToCreate(true);
    String failed =
        emulator.post("/v1/databases", "{\"projectId\": \"%s\"}".formatted(project)).id();
    emulator.awaitStatus(failed, "failure");
    assertThatThrownBy(() -> emulator.emulator.backUp(failed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Database %s has the status `failure` and cannot be copied.".formatted(failed));
    emulator.close();
    assertThatThrownBy(() -> emulator.emulator.backUp(database))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The emulator is closed.");
  }

  @Test
  void areRestoredBehindTheAnswerWithTheDatabaseClosed() {
    String backup = emulator.emulator.backUp(database);
    CountDownLatch hold = engine.holdCreations();
    Answer answer = restore(database, database, backup);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.data("/status")).isEqualTo("recovering");
    assertThat(answer.data("/source/type")).isEqualTo("backup");
    assertThat(answer.data("/source/backupId")).isEqualTo(backup);
    assertThat(answer.text()).doesNotContain("sk_");
    assertThat(engine.closedDatabases).contains(database);

    Answer again = restore(database, database, backup);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.message())
        .isEqualTo(
            "Database %s has the status `recovering` and cannot be restored.".formatted(database));

    hold.countDown();
    emulator.awaitStatus(database, "ready");
    assertThat(engine.copiedFrom).containsEntry(database, backup);
    assertThat(engine.closedDatabases).containsExactly(backup);
    assertThat(engine.databases).containsExactlyInAnyOrder(database, backup);
    assertThat(engine.logins).containsValue(database);
  }

  @Test
  void areRestoredIntoOtherDatabasesToo() {
    String other = emulator.newDatabase(project);
    String backup = emulator.emulator.backUp(database);
    String ofOther = emulator.emulator.backUp(other);
    assertThat(restore(other, database, backup).status()).isEqualTo(200);
    assertThat(restore(database, other, ofOther).status()).isEqualTo(200);
    emulator.awaitStatus(other, "ready");
    emulator.awaitStatus(database, "ready");
    assertThat(engine.copiedFrom).containsEntry(other, backup).containsEntry(database, ofOther);
  }

  @Test
  void areNotRestoredIntoADefaultDatabase() {
    Answer created = emulator.post("/v1/projects", "{}");
    String defaultDatabase = created.data("/database/id");
    emulator.awaitStatus(defaultDatabase, "ready");
    Answer refused = restore(defaultDatabase, database, emulator.emulator.backUp(database));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message())
        .isEqualTo(
            "targetDatabaseId: %s is the default database of project %s and cannot be restored. Create a database from the backup instead."
                .formatted(defaultDatabase, created.id()));
    assertThat(emulator.get("/v1/databases/" + defaultDatabase).data("/status")).isEqualTo("ready");
  }

  @Test
  void areNotRestoredIntoADatabaseThatIsBeingMade() {
    String backup = emulator.emulator.backUp(database);
    CountDownLatch hold = engine.holdCreations();
    String provisioning =
        emulator.post("/v1/databases", "{\"projectId\": \"%s\"}".formatted(project)).id();
    assertThat(restore(provisioning, database, backup).status()).isEqualTo(409);
    hold.countDown();
  }

  @Test
  void leaveAFailureWhereTheEngineCannotRestore() {
    String backup = emulator.emulator.backUp(database);
    engine.failToCreate(true);
    assertThat(restore(database, database, backup).status()).isEqualTo(200);
    emulator.awaitStatus(database, "failure");
    assertThat(engine.databases).containsExactlyInAnyOrder(database, backup);
    assertThat(emulator.delete("/v1/databases/" + database).status()).isEqualTo(204);
  }

  @Test
  void needAllThreeToRestore() {
    String backup = emulator.emulator.backUp(database);
    assertThat(restore("db_unknown", database, backup).status()).isEqualTo(404);
    assertThat(restore(database, "db_unknown", backup).status()).isEqualTo(404);
    Answer noBackup = restore(database, database, "bkp_unknown");
    assertThat(noBackup.status()).isEqualTo(404);
    assertThat(noBackup.message()).isEqualTo("Backup \"bkp_unknown\" was not found.");
    assertThat(emulator.get("/v1/databases/" + database).data("/status")).isEqualTo("ready");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                  | source: is required.
          {"source": {}}                                      | source.type: is required.
          {"source": {"type": "empty"}}                       | source.type: must be backup, not "empty".
          {"source": {"type": "backup"}}                      | source.databaseId: is required.
          {"source": {"type": "backup", "databaseId": "db_1"}} | source.backupId: is required.
          """)
  void refuseAFieldByItsName(String body, String message) {
    Answer refused = emulator.post("/v1/databases/" + database + "/restore", body);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message()).isEqualTo(message);
  }
}
