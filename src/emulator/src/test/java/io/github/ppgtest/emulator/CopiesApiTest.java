package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases made from others and from backups. */
final class CopiesApiTest {
  private final TestEmulator emulator = new TestEmulator();
  private final FakeDatabaseEngine engine = emulator.engine;
  private final String project = emulator.newProject();
  private final String source = emulator.newDatabase(project);

  @AfterEach
  void close() {
    emulator.close();
  }

  private Answer create(String from) {
    return emulator.post(
        "/v1/databases", "{\"projectId\": \"%s\", \"source\": %s}".formatted(project, from));
  }

  private static String database(String id) {
    return "{\"type\": \"database\", \"databaseId\": \"%s\"}".formatted(id);
  }

  private static String backup(String databaseId, String id) {
    return "{\"type\": \"backup\", \"databaseId\": \"%s\", \"backupId\": \"%s\"}"
        .formatted(databaseId, id);
  }

  @Test
  void areMadeFromADatabase() {
    Answer created = create(database(source));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.data("/status")).isEqualTo("provisioning");
    assertThat(created.data("/source/type")).isEqualTo("database");
    assertThat(created.data("/source/databaseId")).isEqualTo(source);
    emulator.awaitStatus(created.id(), "ready");
    assertThat(engine.copiedFrom).containsEntry(created.id(), source);
    assertThat(engine.logins).containsValue(created.id());
    assertThat(emulator.get("/v1/databases/" + created.id()).data().get("source"))
        .isEqualTo(created.data().get("source"));
  }

  @Test
  void areMadeFromABackup() {
    String backup = emulator.emulator.backUp(source);
    Answer created = create(backup(source, backup));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.data("/source/type")).isEqualTo("backup");
    assertThat(created.data("/source/backupId")).isEqualTo(backup);
    emulator.awaitStatus(created.id(), "ready");
    assertThat(engine.copiedFrom).containsEntry(created.id(), backup);
  }

  @Test
  void areMadeFromWhatTheDeprecatedFieldNames() {
    String backup = emulator.emulator.backUp(source);
    String path = "/v1/projects/" + project + "/databases";
    Answer copy = emulator.post(path, "{\"fromDatabase\": {\"id\": \"%s\"}}".formatted(source));
    assertThat(copy.status()).isEqualTo(201);
    assertThat(copy.data("/source/type")).isEqualTo("database");
    Answer restored =
        emulator.post(
            path,
            "{\"fromDatabase\": {\"id\": \"%s\", \"backupId\": \"%s\"}}".formatted(source, backup));
    assertThat(restored.data("/source/backupId")).isEqualTo(backup);
    Answer both =
        emulator.post(
            path,
            "{\"source\": {\"type\": \"empty\"}, \"fromDatabase\": {\"id\": \"%s\"}}"
                .formatted(source));
    assertThat(both.status()).isEqualTo(400);
    assertThat(both.message())
        .isEqualTo("fromDatabase: is what source was before; give only source.");
  }

  @Test
  void needASourceThatExists() {
    Answer noDatabase = create(database("db_unknown"));
    assertThat(noDatabase.status()).isEqualTo(404);
    assertThat(noDatabase.message()).isEqualTo("Database \"db_unknown\" was not found.");
    Answer noBackup = create(backup(source, "bkp_unknown"));
    assertThat(noBackup.status()).isEqualTo(404);
    assertThat(noBackup.message()).isEqualTo("Backup \"bkp_unknown\" was not found.");
    String other = emulator.newDatabase(project);
    String ofOther = emulator.emulator.backUp(other);
    assertThat(create(backup(source, ofOther)).status()).isEqualTo(404);
    assertThat(emulator.get("/v1/databases").data()).hasSize(2);
  }

  @Test
  void needASourceThatIsReady() {
    CountDownLatch hold = engine.holdCreations();
    String provisioning =
        emulator.post("/v1/databases", "{\"projectId\": \"%s\"}".formatted(project)).id();
    Answer refused = create(database(provisioning));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.message())
        .isEqualTo(
            "Database %s has the status `provisioning` and cannot be copied."
                .formatted(provisioning));
    hold.countDown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"database", "backup"})
  void areFinishedBeforeTheirSourceIsDropped(String kind) {
    String from =
        kind.equals("database")
            ? database(source)
            : backup(source, emulator.emulator.backUp(source));
    CountDownLatch hold = engine.holdCreations();
    String copy = create(from).id();
    CompletableFuture<Answer> deletion =
        CompletableFuture.supplyAsync(() -> emulator.delete("/v1/databases/" + source));
    emulator.awaitGone(source);
    assertThat(engine.databases).contains(source);
    assertThat(deletion).isNotDone();
    hold.countDown();
    emulator.awaitStatus(copy, "ready");
    assertThat(deletion.join().status()).isEqualTo(204);
    assertThat(engine.databases).containsExactly(copy);
  }

  @Test
  void becomeAFailureWhereTheEngineCannotCopy() {
    engine.failToCreate(true);
    emulator.awaitStatus(create(database(source)).id(), "failure");
    assertThat(emulator.get("/v1/databases/" + source).data("/status")).isEqualTo("ready");
  }
}
