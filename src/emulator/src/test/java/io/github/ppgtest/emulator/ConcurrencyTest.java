package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConcurrencyTest {
  private static final int MANY = 50;

  private final TestEmulator emulator = new TestEmulator();
  private final FakeDatabaseEngine engine = emulator.engine;

  @AfterEach
  void close() {
    emulator.close();
  }

  /** Does something many times at once. */
  private static <T> List<T> atOnce(IntFunction<T> act) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(MANY);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<T>> results =
          IntStream.range(0, MANY)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            start.await();
                            return act.apply(i);
                          }))
              .toList();
      start.countDown();
      List<T> done = new ArrayList<>();
      for (Future<T> result : results) {
        done.add(result.get());
      }
      return done;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void databasesAreCreatedAndDeletedByManyAtOnce() throws Exception {
    String project = emulator.newProject();
    List<String> ids = atOnce(i -> emulator.newDatabase(project));
    assertThat(engine.databases).containsExactlyInAnyOrderElementsOf(ids).hasSize(MANY);
    assertThat(engine.logins).hasSize(MANY);
    assertThat(emulator.get("/v1/databases").data()).hasSize(MANY);

    assertThat(atOnce(i -> emulator.delete("/v1/databases/" + ids.get(i)).status()))
        .containsOnly(204);
    assertThat(engine.databases).isEmpty();
    assertThat(engine.logins).isEmpty();
    assertThat(emulator.get("/v1/databases").data()).isEmpty();
  }

  @Test
  void oneOfManyGetsALogicalId() throws Exception {
    String body =
        "{\"projectId\": \"%s\", \"logicalId\": \"main\"}".formatted(emulator.newProject());
    List<Integer> statuses = atOnce(i -> emulator.post("/v1/databases", body).status());
    assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
  }

  @Test
  void oneOfManyDeletesADatabase() throws Exception {
    String id = emulator.newDatabase(emulator.newProject());
    List<Integer> statuses = atOnce(i -> emulator.delete("/v1/databases/" + id).status());
    assertThat(statuses).containsOnly(204, 404).containsOnlyOnce(204);
  }

  @Test
  void noLoginOutlivesADatabaseThatIsDeletedMeanwhile() throws Exception {
    String id = emulator.newDatabase(emulator.newProject());
    String body = "{\"databaseId\": \"%s\", \"name\": \"n\"}".formatted(id);
    List<Integer> statuses =
        atOnce(
            i ->
                i == MANY / 2
                    ? emulator.delete("/v1/databases/" + id).status()
                    : emulator.post("/v1/connections", body).status());
    assertThat(statuses).containsOnlyOnce(204).isSubsetOf(201, 204, 404);
    assertThat(engine.logins).isEmpty();
    assertThat(emulator.get("/v1/connections").data()).isEmpty();
  }

  @Test
  void aSlowDatabaseHoldsUpNobodyElse() {
    String project = emulator.newProject();
    String ready = emulator.newDatabase(project);
    CountDownLatch hold = engine.holdCreations();
    for (int i = 0; i < MANY; i++) {
      assertThat(
              emulator.post("/v1/databases", "{\"projectId\": \"%s\"}".formatted(project)).status())
          .isEqualTo(201);
    }
    assertThat(emulator.delete("/v1/databases/" + ready).status()).isEqualTo(204);
    assertThat(emulator.get("/v1/databases").data()).hasSize(MANY);
    hold.countDown();
  }

  @Test
  void aClientThatMakesDatabasesWithoutEndIsRefusedBeforeThereAreTooManyThreads() {
    String project = emulator.newProject();
    String body = "{\"projectId\": \"%s\"}".formatted(project);
    CountDownLatch hold = engine.holdCreations();
    List<Answer> answers =
        IntStream.range(0, 300).mapToObj(i -> emulator.post("/v1/databases", body)).toList();

    assertThat(answers).extracting(Answer::status).containsOnly(201, 429);
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(256);
    assertThat(answers.get(299).message())
        .isEqualTo("The emulator is making 256 databases already.");
    assertThat(emulator.post("/v1/projects", "{}").status()).isEqualTo(429);
    assertThat(emulator.get("/v1/projects").data()).hasSize(1);

    hold.countDown();
    answers.stream()
        .filter(answer -> answer.status() == 201)
        .forEach(answer -> emulator.awaitStatus(answer.id(), "ready"));
    emulator.newDatabase(project);
    assertThat(emulator.delete("/v1/projects/" + project).status()).isEqualTo(204);
    assertThat(engine.databases).isEmpty();
  }

  @Test
  void copiesThatWaitForOneAnotherAllComeToTheirEnd() throws Exception {
    String project = emulator.newProject();
    String source = emulator.newDatabase(project);
    String body =
        "{\"projectId\": \"%s\", \"source\": {\"type\": \"database\", \"databaseId\": \"%s\"}}"
            .formatted(project, source);

    List<String> copies = atOnce(i -> emulator.post("/v1/databases", body).id());

    copies.forEach(copy -> emulator.awaitStatus(copy, "ready"));
    assertThat(engine.copiedFrom.values()).hasSize(MANY).containsOnly(source);
  }
}
