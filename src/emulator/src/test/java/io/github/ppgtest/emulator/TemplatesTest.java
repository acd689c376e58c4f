package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates in the API's eyes, over a fake engine. */
final class TemplatesTest {
  private static final TemplateMaker NOTHING = (databaseId, connectionString) -> {};

  private final TestEmulator test = new TestEmulator();
  private final FakeDatabaseEngine engine = test.engine;
  private final String project = test.newProject();

  @AfterEach
  void close() {
    test.close();
  }

  private String template(String key, TemplateMaker maker) {
    return test.emulator.template(project, key, false, maker);
  }

  @Test
  void areDatabasesThatTheirMakerFillsAndThatNobodyCanReach() {
    String id =
        template(
            "0123456789abcdef",
            (databaseId, connectionString) -> {
              assertThat(connectionString)
                  .startsWith("postgres://")
                  .endsWith("/" + databaseId + "?sslmode=require");
              assertThat(engine.logins).containsValue(databaseId);
              assertThat(test.get("/v1/databases/" + databaseId).data("/status"))
                  .isEqualTo("ready");
              test.post("/v1/databases/" + databaseId + "/connections", "{\"name\": \"second\"}");
            });

    Answer shown = test.get("/v1/databases/" + id);
    assertThat(shown.data("/name")).isEqualTo("template_0123456789ab");
    assertThat(shown.data("/status")).isEqualTo("ready");
    assertThat(shown.data("/source/type")).isEqualTo("empty");
    assertThat(shown.data().get("connections")).isEmpty();
    assertThat(engine.sealedDatabases).containsExactly(id);
    assertThat(engine.logins).isEmpty();
  }

  @Test
  void areMadeOnceHoweverManyAskAtOnce() {
    AtomicInteger made = new AtomicInteger();
    List<String> ids =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> template("key", (id, url) -> made.incrementAndGet())))
            .limit(8)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    assertThat(ids).hasSize(8).containsOnly(ids.get(0));
    assertThat(made).hasValue(1);
    assertThat(template("another", NOTHING)).isNotEqualTo(ids.get(0));
  }

  @Test
  void areCopiedForAnotherProject() {
    String first = template("key", NOTHING);
    String other = test.newProject();
    String second =
        test.emulator.template(
            other,
            "key",
            false,
            (id, url) -> {
              throw new AssertionError("made twice");
            });
    assertThat(engine.copiedFrom).containsEntry(second, first);
    assertThat(engine.sealedDatabases).containsExactlyInAnyOrder(first, second);
    assertThat(test.get("/v1/projects/" + other + "/databases").data()).hasSize(1);
  }

  @Test
  void areTakenFromWhatTheMachineHasWhereTheirKeyLasts() {
    test.emulator.template(project, "lasting", true, NOTHING);
    template("of this run", NOTHING);
    assertThat(engine.savedTemplates).containsExactly("lasting");

    engine.savedTemplates.add("made yesterday");
    String taken =
        test.emulator.template(
            project,
            "made yesterday",
            true,
            (id, url) -> {
              throw new AssertionError("made again");
            });

    assertThat(engine.sealedDatabases).contains(taken);
    Answer shown = test.get("/v1/databases/" + taken);
    assertThat(shown.data("/status")).isEqualTo("ready");
    assertThat(shown.data().get("connections")).isEmpty();
  }

  @Test
  void areMadeAnewWhereTheyWereDeleted() {
    String first = template("key", NOTHING);
    assertThat(test.delete("/v1/databases/" + first).status()).isEqualTo(204);
    String second = template("key", NOTHING);
    assertThat(second).isNotEqualTo(first);
    assertThat(test.delete("/v1/projects/" + project).status()).isEqualTo(204);
    assertThat(engine.databases).isEmpty();
  }

  @Test
  void leaveNothingWhereTheirMakerFails() {
    IllegalArgumentException failure = new IllegalArgumentException("V2 is wrong");
    assertThatThrownBy(
            () ->
                template(
                    "key",
                    (id, url) -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(engine.databases).isEmpty();
    assertThat(engine.logins).isEmpty();
    assertThat(test.get("/v1/databases").data()).isEmpty();
    assertThat(engine.databases).isEmpty();
    String template = template("key", NOTHING);
    assertThat(engine.databases).containsExactly(template);
  }

  @Test
  void areTriedAgainByWhoeverHasWaitedForAFailure() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(
            () ->
                template(
                    "key",
                    (id, url) -> {
                      making.countDown();
                      await(fail);
                      throw new IllegalStateException("V2 is wrong");
                    }));
    making.await();
    CompletableFuture<String> second =
        CompletableFuture.supplyAsync(() -> template("key", NOTHING));
    fail.countDown();
    assertThat(second.get()).startsWith("db_");
    assertThatThrownBy(first::get).hasMessageContaining("V2 is wrong");
  }

  @Test
  void canBeDeletedWhileTheyAreMade() {
    assertThatThrownBy(() -> template("key", (id, url) -> test.delete("/v1/databases/" + id)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was not found");
    assertThat(engine.databases).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "login"})
  void sayWhyTheEngineRefuses(String what) {
    if (what.equals("create")) {
      engine.failToCreate(true);
    } else {
      engine.failToLogIn(true);
    }
    assertThatThrownBy(() -> template("key", NOTHING))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(what.equals("create") ? "no room" : "no roles left");
    assertThat(engine.databases).isEmpty();
    assertThat(test.get("/v1/databases").data()).isEmpty();
  }

  @Test
  void areNotStruckByFaultsThatAreForDatabasesOfUsers() {
    try (InjectedFault fault = test.emulator.faults().inject(Fault.provisioningFailure())) {
      assertThat(test.get("/v1/databases/" + template("key", NOTHING)).data("/status"))
          .isEqualTo("ready");
      assertThat(fault).isNotNull();
    }
  }

  @Test
  void cannotBeAskedForByWhatMakesThem() {
    assertThatThrownBy(() -> template("key", (id, url) -> template("key", NOTHING)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The template of \"key\" is asked for by what makes it.");
  }

  @Test
  void needAKeyAProjectAndAnOpenEmulator() {
    assertThatThrownBy(() -> template(" ", NOTHING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The key of a template must not be blank.");
    assertThatThrownBy(() -> test.emulator.template("proj_none", "key", false, NOTHING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("proj_none");
    test.close();
    assertThatThrownBy(() -> template("key", NOTHING))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The emulator is closed.");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
