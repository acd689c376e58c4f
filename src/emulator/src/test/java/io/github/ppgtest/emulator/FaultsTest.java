package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on demand, and stops to. */
final class FaultsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final TestEmulator emulator = new TestEmulator();
  private final Faults faults = emulator.emulator.faults();

  @AfterEach
  void close() {
    emulator.close();
  }

  @Nested
  final class Selection {
    @Test
    void strikesEveryRequestUntilItIsClosed() {
      InjectedFault fault = faults.inject(Fault.serverError(503));
      assertThat(emulator.get("/v1/me").status()).isEqualTo(503);
      assertThat(emulator.post("/v1/projects", "{}").status()).isEqualTo(503);

      fault.close();
      fault.close();

      assertThat(emulator.get("/v1/me").status()).isEqualTo(200);
      assertThat(emulator.get("/v1/projects").data()).isEmpty();
      assertThat(fault.count()).isEqualTo(2);
    }

    @Test
    void strikesTheRoutesThatItNames() {
      String project = emulator.newProject();
      InjectedFault fault =
          faults.inject(
              Fault.serverError(500)
                  .on("GET", "/v1/projects/{id}")
                  .on("DELETE", "/v1/projects/{id}"));

      assertThat(emulator.get("/v1/projects/" + project).status()).isEqualTo(500);
      assertThat(emulator.delete("/v1/projects/" + project).status()).isEqualTo(500);
      assertThat(emulator.get("/v1/projects").data()).hasSize(1);
      assertThat(emulator.patch("/v1/projects/" + project, "{}").status()).isEqualTo(200);
      assertThat(fault.count()).isEqualTo(2);
    }

    @Test
    void strikesAsOftenAsItWasTold() {
      InjectedFault fault = faults.inject(Fault.serverError(500).on("GET", "/v1/me").times(2));

      assertThat(IntStream.range(0, 4).map(i -> emulator.get("/v1/me").status()))
          .containsExactly(500, 500, 200, 200);
      assertThat(fault.count()).isEqualTo(2);
    }

    @Test
    void strikesNoMoreOftenThanToldHoweverManyComeAtOnce() {
      InjectedFault fault = faults.inject(Fault.serverError(500).times(5));

      List<CompletableFuture<Integer>> requests =
          IntStream.range(0, 20)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> emulator.get("/v1/me").status()))
              .toList();

      assertThat(requests.stream().filter(status -> status.join() == 500)).hasSize(5);
      assertThat(fault.count()).isEqualTo(5);
    }

    @Test
    void strikesNowAndThenWithAProbabilityAndAgainTheSameWithTheSameSeed() {
      RequestFault sometimes = Fault.serverError(503).withProbability(0.2, 7);

      List<Integer> first = statuses(sometimes, 200);
      List<Integer> again = statuses(sometimes, 200);

      assertThat(first).isEqualTo(again);
      assertThat(first.stream().filter(status -> status == 503).count()).isBetween(20L, 60L);
      assertThat(statuses(sometimes.withProbability(1, 7), 3)).containsOnly(503);
      assertThat(statuses(sometimes.withProbability(0.2, 8), 200)).isNotEqualTo(first);
    }

    @Test
    void doesNotCountWhatItSpares() {
      InjectedFault rare = faults.inject(Fault.serverError(503).withProbability(0.5, 1).times(2));

      List<Integer> statuses =
          IntStream.range(0, 50).map(i -> emulator.get("/v1/me").status()).boxed().toList();

      assertThat(statuses.stream().filter(status -> status == 503)).hasSize(2);
      assertThat(statuses.subList(0, 2)).contains(200);
      assertThat(rare)
          .hasToString(
              "InjectedFault[503 service-unavailable with probability 0.5, seed 1, 2 times,"
                  + " count=2]");
    }

    @Test
    void sparesWhatItIsToldTo() {
      InjectedFault limit =
          faults.inject(Fault.rateLimited().beyond(3, Duration.ofHours(1)).on("GET", "/v1/me"));

      List<Integer> statuses =
          IntStream.range(0, 5).map(i -> emulator.get("/v1/me").status()).boxed().toList();

      assertThat(statuses).containsExactly(200, 200, 200, 429, 429);
      assertThat(limit)
          .hasToString(
              "InjectedFault[429 rate-limit-exceeded on GET /v1/me beyond 3 per PT1H, count=2]");
    }

    private List<Integer> statuses(Fault fault, int requests) {
      try (InjectedFault injected = faults.inject(fault)) {
        List<Integer> statuses =
            IntStream.range(0, requests).map(i -> emulator.get("/v1/me").status()).boxed().toList();
        assertThat(injected.count())
            .isEqualTo((int) statuses.stream().filter(status -> status != 200).count());
        return statuses;
      }
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/databases/db_1", "GET, /v1/bread", "PUT, /v1/projects", "get, /v1/me"})
    void refusesARouteThatIsUnknown(String method, String template) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> faults.inject(Fault.rateLimited().on(method, template)))
          .withMessageStartingWith(
              "The emulator has no route \"%s %s\"; it has DELETE /v1/", method, template)
          .withMessageContaining(", GET /v1/databases/{databaseId}, ")
          .withMessageContaining(", POST /v1/projects, ");
      assertThat(faults).hasToString("Faults[]");
    }

    @Test
    void canBeClearedAllAtOnce() {
      InjectedFault one = faults.inject(Fault.tokenExpired());
      faults.inject(Fault.regionUnavailable("eu-west-3"));
      faults.inject(Fault.serverError(502).on("GET", "/v1/me").times(3));
      emulator.get("/v1/regions/postgres");
      assertThat(faults)
          .hasToString(
              "Faults[InjectedFault[401 authentication-failed, count=1],"
                  + " InjectedFault[region eu-west-3 unavailable, count=0],"
                  + " InjectedFault[502 bad-gateway on GET /v1/me, 3 times, count=0]]");

      faults.clear();

      assertThat(emulator.get("/v1/me").status()).isEqualTo(200);
      assertThat(emulator.get("/v1/regions/postgres").text()).doesNotContain("unavailable");
      assertThat(one.count()).isEqualTo(1);
      assertThat(faults).hasToString("Faults[]");
    }

    @Test
    void theOneInjectedLastStrikesFirst() {
      InjectedFault first = faults.inject(Fault.serverError(500));
      InjectedFault last = faults.inject(Fault.rateLimited().times(1));

      assertThat(emulator.get("/v1/me").status()).isEqualTo(429);
      assertThat(first.count()).isZero();
      assertThat(emulator.get("/v1/me").status()).isEqualTo(500);
      assertThat(first.count()).isEqualTo(1);
      assertThat(last.count()).isEqualTo(1);
    }

    @Test
    void whoCannotComeInMeetsNone() {
      InjectedFault fault = faults.inject(Fault.serverError(500));

      assertThat(emulator.send("GET", "/v1/me", null, "Bearer wrong").status()).isEqualTo(401);
      assertThat(fault.count()).isZero();
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fault.rateLimited().times(0))
          .withMessage("A fault cannot strike 0 times; at least once.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fault.endlessProvisioning().times(-1))
          .withMessage("A fault cannot strike -1 times; at least once.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fault.serverError(404))
          .withMessage("The status is 404; it must be from 500 to 599.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fault.rateLimited().withProbability(1.5, 1))
          .withMessage("The probability is 1.5; it must be more than 0 and at most 1.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fault.rateLimited().beyond(3, Duration.ZERO))
          .withMessage("Requests are spared per PT0S; it must be more than zero.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fault.error(200, "ok", "Fine."))
          .withMessage("The status is 200; it must be from 400 to 599.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fault.latency(Duration.ZERO))
          .withMessage("The latency is PT0S; it must be more than zero.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fault.rateLimited(Duration.ofSeconds(-1)))
          .withMessage("Retry-After is PT-1S; it must be zero or more.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Fault.regionUnavailable("mars-1"))
          .withMessageStartingWith("There is no region \"mars-1\"; there are us-east-1, ");
    }
  }

  @Nested
  final class Answers {
    @Test
    void tooManyRequestsMaySayWhenToComeBack() {
      faults.inject(Fault.rateLimited());
      assertError(emulator.get("/v1/me"), 429, "rate-limit-exceeded", "Rate limit exceeded.");
      assertThat(emulator.get("/v1/me").http().headers().firstValue("Retry-After")).isEmpty();

      faults.inject(Fault.rateLimited(Duration.ofMillis(1_001)));
      assertThat(emulator.get("/v1/me").http().headers().firstValue("Retry-After")).contains("2");
    }

    @ParameterizedTest
    @CsvSource({
      "500, internal-error",
      "502, bad-gateway",
      "503, service-unavailable",
      "504, gateway-timeout",
      "599, internal-error"
    })
    void serverErrorsHaveTheirStatus(int status, String code) {
      faults.inject(Fault.serverError(status));
      assertError(emulator.get("/v1/me"), status, code, "The service failed.");
    }

    @Test
    void theTokenExpires() {
      faults.inject(Fault.tokenExpired());
      assertError(
          emulator.get("/v1/me"), 401, "authentication-failed", "The bearer token has expired.");
    }

    @Test
    void thePlanLimitConcernsCreationsOnly() {
      String project = emulator.newProject();
      InjectedFault limit = faults.inject(Fault.planLimitReached());

      String database = "{\"projectId\": \"%s\"}".formatted(project);
      for (Answer answer :
          List.of(
              emulator.post("/v1/projects", "{}"),
              emulator.post("/v1/databases", database),
              emulator.post("/v1/projects/" + project + "/databases", "{}"))) {
        assertError(answer, 403, "planLimitReached", "Workspace plan limit reached");
      }
      assertThat(emulator.get("/v1/databases").data()).isEmpty();
      assertThat(limit.count()).isEqualTo(3);
    }

    @Test
    void thePlanLimitConcernsWhatItIsToldTo() {
      faults.inject(Fault.planLimitReached().on("GET", "/v1/me"));

      assertThat(emulator.get("/v1/me").code()).isEqualTo("planLimitReached");
      assertThat(emulator.post("/v1/projects", "{}").status()).isEqualTo(201);
    }

    @Test
    void anyErrorOfTheApiCanBeHad() {
      faults.inject(Fault.error(403, "permission-denied", "Read only."));
      assertError(emulator.get("/v1/me"), 403, "permission-denied", "Read only.");
    }

    private void assertError(Answer answer, int status, String code, String message) {
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.code()).isEqualTo(code);
      assertThat(answer.message()).isEqualTo(message);
    }
  }

  @Nested
  final class Effects {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerErrorComesBeforeTheEffectOrAfterIt(boolean after) {
      RequestFault fault = Fault.serverError(503).on("POST", "/v1/projects");
      faults.inject(after ? fault.afterTheEffect() : fault);

      assertThat(emulator.post("/v1/projects", "{}").status()).isEqualTo(503);
      assertThat(emulator.get("/v1/projects").data()).hasSize(after ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionIsCutBeforeTheEffectOrAfterIt(boolean after) {
      RequestFault fault = Fault.connectionCut().on("POST", "/v1/projects");
      InjectedFault cut = faults.inject(after ? fault.afterTheEffect() : fault);

      assertThatThrownBy(() -> emulator.post("/v1/projects", "{}"))
          .cause()
          .isInstanceOf(IOException.class);
      assertThat(cut.count()).isEqualTo(1);
      assertThat(emulator.get("/v1/projects").data()).hasSize(after ? 1 : 0);
    }

    @Test
    void theAnswerIsLostAlsoWhereItIsARefusal() {
      faults.inject(Fault.serverError(503).afterTheEffect());
      assertThat(emulator.get("/v1/projects/proj_gone").status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void latencyComesBeforeTheEffectOrAfterItAndEndsWithItsFault(boolean after) throws Exception {
      RequestFault fault = Fault.latency(LONG).on("POST", "/v1/projects");
      InjectedFault latency = faults.inject(after ? fault.afterTheEffect() : fault);
      CompletableFuture<Answer> request =
          CompletableFuture.supplyAsync(() -> emulator.post("/v1/projects", "{}"));
      while (latency.count() == 0 || after && emulator.get("/v1/projects").data().isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(request).isNotDone();
      assertThat(emulator.get("/v1/projects").data()).hasSize(after ? 1 : 0);

      latency.close();

      assertThat(request.get(TestEmulator.HANG.toSeconds(), TimeUnit.SECONDS).status())
          .isEqualTo(201);
      assertThat(emulator.get("/v1/projects").data()).hasSize(1);
    }

    @Test
    void latencyLastsAsLongAsItWasTold() {
      Duration latency = Duration.ofMillis(60);
      faults.inject(Fault.latency(latency).times(1));
      long began = System.nanoTime();

      assertThat(emulator.get("/v1/me").status()).isEqualTo(200);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(latency);
    }

    @Test
    void anEmulatorIsClosedAtOnceWhileRequestsAreDelayed() throws Exception {
      InjectedFault latency = faults.inject(Fault.latency(LONG));
      CompletableFuture<Answer> request =
          CompletableFuture.supplyAsync(() -> emulator.get("/v1/me"));
      while (latency.count() == 0) {
        Thread.onSpinWait();
      }

      emulator.close();

      assertThat(request).failsWithin(TestEmulator.HANG);
    }
  }

  @Nested
  final class Provisioning {
    private final String project = emulator.newProject();

    private String create() {
      Answer created = emulator.post("/v1/databases", "{\"projectId\": \"%s\"}".formatted(project));
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.data("/status")).isEqualTo("provisioning");
      return created.id();
    }

    @Test
    void lastsUntilTheFaultIsClosed() {
      InjectedFault endless = faults.inject(Fault.endlessProvisioning());
      String first = create();
      String second = create();
      assertThat(emulator.get("/v1/databases/" + first).data("/status")).isEqualTo("provisioning");
      assertThat(emulator.engine.databases).isEmpty();
      assertThat(endless.count()).isEqualTo(2);

      endless.close();

      emulator.awaitStatus(first, "ready");
      emulator.awaitStatus(second, "ready");
      assertThat(emulator.engine.databases).containsExactlyInAnyOrder(first, second);
      assertThat(emulator.engine.logins).hasSize(2);
    }

    @Test
    void concernsNoneThatWasThereBeforeOrComesLater() {
      String before = emulator.newDatabase(project);
      InjectedFault endless = faults.inject(Fault.endlessProvisioning().times(1));
      String held = create();
      String later = create();

      emulator.awaitStatus(later, "ready");
      assertThat(emulator.get("/v1/databases/" + before).data("/status")).isEqualTo("ready");
      assertThat(emulator.get("/v1/databases/" + held).data("/status")).isEqualTo("provisioning");
      assertThat(endless.count()).isEqualTo(1);
    }

    @Test
    void ofADatabaseThatIsDeletedMeanwhileNeverHappens() {
      InjectedFault endless = faults.inject(Fault.endlessProvisioning());
      String id = create();
      assertThat(emulator.delete("/v1/databases/" + id).status()).isEqualTo(204);

      endless.close();

      assertThat(emulator.get("/v1/databases/" + id).status()).isEqualTo(404);
      // Its turn, had it one, would come before that of a database made later.
      assertThat(emulator.engine.databases).isEmpty();
      String next = emulator.newDatabase(project);
      assertThat(emulator.engine.databases).containsExactly(next);
    }

    @Test
    void keepsConnectionsFromBeingMade() {
      faults.inject(Fault.endlessProvisioning());
      String id = create();

      Answer refused =
          emulator.post("/v1/databases/" + id + "/connections", "{\"name\": \"second\"}");

      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.message())
          .isEqualTo(
              "Database %s has the status `provisioning` and takes no connections.".formatted(id));
      assertThat(refused.hint()).isEqualTo("Try again when it is ready.");
    }

    @Test
    void concernsTheDatabaseThatComesWithAProjectToo() {
      faults.inject(Fault.endlessProvisioning());
      String id = emulator.post("/v1/projects", "{}").data("/database/id");
      assertThat(emulator.get("/v1/databases/" + id).data("/status")).isEqualTo("provisioning");
    }

    @Test
    void fails() {
      InjectedFault failure = faults.inject(Fault.provisioningFailure().times(1));
      String id = create();

      emulator.awaitStatus(id, "failure");
      assertThat(failure.count()).isEqualTo(1);
      assertThat(emulator.engine.databases).isEmpty();
      assertThat(emulator.delete("/v1/databases/" + id).status()).isEqualTo(204);
      emulator.newDatabase(project);
    }
  }

  @Nested
  final class Regions {
    private final String project = emulator.newProject();

    private Answer create(String region) {
      return emulator.post(
          "/v1/databases",
          "{\"projectId\": \"%s\", \"region\": \"%s\"}".formatted(project, region));
    }

    private String status(String list, int index) {
      return emulator.get(list).data("/%d/status".formatted(index));
    }

    @Test
    void becomeUnavailableAndAvailableAgain() {
      String there = create("us-west-1").id();
      InjectedFault fault = faults.inject(Fault.regionUnavailable("us-west-1"));
      assertThat(status("/v1/regions/postgres", 1)).isEqualTo("unavailable");
      assertThat(status("/v1/regions", 1)).isEqualTo("unavailable");
      assertThat(fault.count()).isZero();

      Answer refused = create("us-west-1");

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.message())
          .isEqualTo(
              "region: us-west-1 is unavailable at the moment; available are us-east-1, eu-west-3,"
                  + " eu-central-1, ap-northeast-1, ap-southeast-1.");
      assertThat(fault.count()).isEqualTo(1);
      assertThat(create("us-east-1").status()).isEqualTo(201);
      assertThat(emulator.get("/v1/databases/" + there).status()).isEqualTo(200);

      fault.close();

      assertThat(status("/v1/regions/postgres", 1)).isEqualTo("available");
      assertThat(create("us-west-1").status()).isEqualTo(201);
    }

    @Test
    void areRefusedAlsoWhereTheyAreInherited() {
      String there = emulator.post("/v1/projects", "{\"region\": \"us-west-1\"}").id();
      InjectedFault fault = faults.inject(Fault.regionUnavailable("us-west-1"));

      for (String path : List.of("/v1/databases", "/v1/projects/" + there + "/databases")) {
        Answer refused =
            emulator.post(
                path, "{\"projectId\": \"%s\", \"region\": \"inherit\"}".formatted(there));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).startsWith("region: us-west-1 is unavailable at the moment");
      }
      assertThat(emulator.post("/v1/projects", "{\"region\": \"us-west-1\"}").status())
          .isEqualTo(422);
      assertThat(fault.count()).isEqualTo(3);
      assertThat(emulator.get("/v1/databases").data()).hasSize(1);
    }

    @Test
    void refuseAsManyCreationsAsTold() {
      faults.inject(Fault.regionUnavailable("us-west-1").times(1));

      assertThat(create("us-west-1").message())
          .startsWith(
              "region: us-west-1 is unavailable at the moment; available are us-east-1, eu-");
      assertThat(create("us-west-1").status()).isEqualTo(201);
    }

    @Test
    void areUnavailableFromTheStartByTheSameMeans() {
      try (TestEmulator other =
          new TestEmulator(builder -> builder.unavailableRegion("eu-west-3"))) {
        assertThat(other.emulator.faults())
            .hasToString("Faults[InjectedFault[region eu-west-3 unavailable, count=0]]");

        other.emulator.faults().clear();

        assertThat(other.get("/v1/regions/postgres").text()).doesNotContain("unavailable");
      }
    }
  }

  @Test
  void refusesToCloseConnectionsOfADatabaseThatIsNotThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.closeIdleConnections("db_gone"))
        .withMessage(
            "The emulator has no database \"db_gone\"; one that is provisioning is not there yet.");
  }
}
