package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CreateDbServiceTest {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
  private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
  private static final String REFUSED =
      """
      {"error":"RATE_LIMIT_EXCEEDED","message":"You can create up to 1 database per minute.",
       "rateLimitInfo":{"retryAfterMs":40000,"currentCount":1,"maxRequests":1}}""";
  private static final String PROJECT =
      Answers.project("proj_1", "shop", Answers.CREATED_AT, Answers.created("db_1", "orders"));

  @AutoClose private final ScriptedApi server = new ScriptedApi();

  @AutoClose
  private final CreateDbService service =
      server.createDb().clock(Clock.fixed(NOW, ZoneOffset.UTC)).build();

  private TemporaryDatabase create() {
    return service.create("eu-west-3", "shop", HALF_AN_HOUR);
  }

  private TemporaryDatabase create(Duration patience) {
    return service.create("eu-west-3", "shop", HALF_AN_HOUR, patience);
  }

  @Nested
  final class Creation {
    @Test
    void asksForWhatTheServiceTakesAndSendsNoToken() {
      server.then(201, Answers.data(PROJECT));

      create();

      assertThat(server.received())
          .singleElement()
          .satisfies(
              request -> {
                assertThat(request.line()).isEqualTo("POST /create");
                assertThat(request.authorization()).isNull();
                assertThat(request.contentType()).isEqualTo("application/json");
                assertThat(request.body())
                    .isEqualTo(
                        "{\"region\":\"eu-west-3\",\"name\":\"shop\",\"utm_source\":\"ppgtest\","
                            + "\"userAgent\":\"ppgtest\",\"source\":\"programmatic\","
                            + "\"ttlMs\":1800000}");
              });
    }

    @Test
    void givesAllThatIsKnownOfTheDatabase() {
      server.then(201, Answers.data(PROJECT));

      TemporaryDatabase created = create();

      assertThat(created.projectId()).isEqualTo("proj_1");
      assertThat(created.database().id()).isEqualTo("db_1");
      assertThat(created.connectionString()).isEqualTo(Answers.CONNECTION_STRING);
      assertThat(created.claimUrl())
          .isEqualTo(
              URI.create(
                  "https://claim.example/claim?projectID=proj_1&utm_source=ppgtest&utm_medium=library"));
      assertThat(created.expiresAt()).isEqualTo(NOW.plus(HALF_AN_HOUR));
    }

    @Test
    void hidesTheConnectionString() {
      server.then(201, Answers.data(PROJECT));

      assertThat(create())
          .hasToString(
              "TemporaryDatabase[proj_1, db_1, claimUrl=https://claim.example/claim?projectID=proj_1&utm_source=ppgtest&utm_medium=library, expiresAt=2026-11-20T10:45:30Z]");
    }

    @Test
    void readsTheOlderAnswerWithAListOfDatabases() {
      String project = Answers.project("proj_1", "shop");
      server.then(
          200,
          project.replace(
              "\"database\":null", "\"databases\":[" + Answers.created("db_1", "orders") + "]"));

      assertThat(create().connectionString()).isEqualTo(Answers.CONNECTION_STRING);
    }

    @Test
    void saysThatTheAnswerHasNoDirectConnection() {
      server.then(
          201,
          Answers.data(
              Answers.project(
                  "proj_1", "shop", Answers.CREATED_AT, Answers.database("db_1", "orders"))));

      assertThat(catchThrowableOfType(UnexpectedAnswerException.class, () -> create()))
          .hasMessage(
              "POST /create was answered 201: the database has no direct connection string"
                  + " (application/json). A database may have been created, which then expires by"
                  + " itself. Check that %s is the create-db service (PPGTEST_CREATE_DB_URL sets"
                  + " another address) and that no proxy or login page answers in its place.",
              server.url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT29M59.999S", "PT24H0.001S", "PT0S", "PT-1H"})
    void refusesATimeOutOfRangeBeforeItAsks(Duration ttl) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> service.create("us-east-1", "shop", ttl))
          .withMessage("ttl must be from 30 minutes to 24 hours but is " + ttl);
      assertThat(server.lines()).isEmpty();
    }

    @Test
    void refusesBlankArguments() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> service.create(" ", "shop", HALF_AN_HOUR));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> service.create("us-east-1", "", HALF_AN_HOUR));
      assertThatIllegalArgumentException().isThrownBy(() -> create(Duration.ofMillis(-1)));
      assertThat(server.lines()).isEmpty();
    }

    @Test
    void saysWhatTheServiceRefuses() {
      server.thenError(422, "validation-error", "region: there is no region mars-1");

      assertThatThrownBy(() -> create())
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("there is no region mars-1");
    }

    @Test
    void showsALineOfTextThatTheServiceAnswers() {
      server.then(ScriptedApi.answer(400, "text/plain", "Invalid ttlMs in request body"));

      assertThatThrownBy(() -> create())
          .isInstanceOf(UnexpectedAnswerException.class)
          .hasMessageContaining("\"Invalid ttlMs in request body\"");
    }
  }

  @Nested
  final class Rate {
    @Test
    void isToldWithTheTimeToComeBack() {
      server.then(429, REFUSED);

      RateLimitExceededException e =
          catchThrowableOfType(RateLimitExceededException.class, () -> create());

      assertThat(e.retryAfter()).contains(Duration.ofSeconds(40));
      assertThat(e.retryAt()).contains(NOW.plusSeconds(40));
      assertThat(e)
          .hasMessage(
              "POST /create was answered 429: RATE_LIMIT_EXCEEDED: You can create up to 1 database"
                  + " per minute. Come back in 40 s, at 2026-11-20T10:16:10Z.");
      assertThat(server.lines()).hasSize(1);
      assertThat(server.waits()).isEmpty();
    }

    @Test
    void isToldFromTheHeaderToo() {
      server.then(
          ScriptedApi.answer(
              429, "application/json", "{\"error\":\"rate_limited\"}", "Retry-After", "60"));

      assertThat(catchThrowableOfType(RateLimitExceededException.class, () -> create()).retryAt())
          .contains(NOW.plusSeconds(60));
    }

    @Test
    void isToldWithoutATimeWhereTheServiceGivesNone() {
      server.then(429, "{\"error\":\"rate_limited\",\"message\":\"Rate limit exceeded.\"}");

      RateLimitExceededException e =
          catchThrowableOfType(RateLimitExceededException.class, () -> create(Duration.ofHours(1)));

      assertThat(e.retryAt()).isEmpty();
      assertThat(e)
          .hasMessageEndingWith("It did not say when to come back: try again in a minute or two.");
      assertThat(server.lines()).hasSize(1);
    }

    @Test
    void isWaitedForWithinTheCallersPatience() {
      server.then(429, REFUSED).then(429, REFUSED).then(201, Answers.data(PROJECT));

      create(Duration.ofSeconds(80));

      assertThat(server.waits()).containsExactly(Duration.ofSeconds(40), Duration.ofSeconds(40));
      assertThat(server.lines()).hasSize(3);
    }

    @Test
    void isNotWaitedForLongerThanThat() {
      server.then(429, REFUSED).then(429, REFUSED);

      assertThatThrownBy(() -> create(Duration.ofSeconds(79)))
          .isInstanceOf(RateLimitExceededException.class);

      assertThat(server.waits()).containsExactly(Duration.ofSeconds(40));
      assertThat(server.lines()).hasSize(2);
    }

    @Test
    void isNotAskedOverAndOverWhereTheWaitIsZero() {
      String now = REFUSED.replace("40000", "0");
      server.then(429, now).then(429, now).then(429, now);

      assertThatThrownBy(() -> create(Duration.ofSeconds(2)))
          .isInstanceOf(RateLimitExceededException.class);

      assertThat(server.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void canBeInterruptedWhileItIsWaitedFor() {
      server.then(429, REFUSED);
      CreateDbService interrupted =
          server
              .createDb()
              .delay(
                  wait -> {
                    throw new InterruptedException();
                  })
              .build();

      assertThatThrownBy(
              () -> interrupted.create("us-east-1", "shop", HALF_AN_HOUR, Duration.ofMinutes(1)))
          .isInstanceOf(CallInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.lines()).hasSize(1);
    }
  }

  @Nested
  final class LostAnswers {
    @Test
    void areNotRepeated() {
      server.then(ScriptedApi.cut());

      CreationUncertainException e =
          catchThrowableOfType(
              CreationUncertainException.class, () -> create(Duration.ofMinutes(5)));

      assertThat(server.lines()).containsExactly("POST /create");
      assertThat(e)
          .hasMessageContaining("The answer to the creation of a temporary database was lost: POST")
          .hasMessageEndingWith(
              "If there is a database, nobody can find or delete it, and it expires by itself"
                  + " within 1800 s. Trying again makes another, and counts against the service's"
                  + " rate.")
          .hasCauseInstanceOf(ApiUnreachableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void areThoseOfABrokenServerToo(int status) {
      server.thenError(status, "internal-error", "Something broke");

      assertThatThrownBy(() -> create()).isInstanceOf(CreationUncertainException.class);
      assertThat(server.lines()).hasSize(1);
    }

    @Test
    void areNoneWhereNobodyListens() {
      URI nobody = URI.create("http://localhost:1");

      assertThatThrownBy(
              () ->
                  server
                      .createDb()
                      .baseUrl(nobody)
                      .build()
                      .create("us-east-1", "shop", HALF_AN_HOUR))
          .isInstanceOf(ApiUnreachableException.class)
          .hasMessageContaining(
              "Check that http://localhost:1 is the right address (PPGTEST_CREATE_DB_URL sets"
                  + " another)");
      assertThat(server.waits()).hasSize(3);
    }
  }

  @Nested
  final class TheRegions {
    @Test
    void comeWithAndWithoutAnEnvelope() {
      String regions = "[" + Answers.region("us-east-1", "available") + "]";
      server.then(200, Answers.data(regions)).then(200, regions);

      assertThat(service.regions()).extracting(Region::id).containsExactly("us-east-1");
      assertThat(service.regions()).extracting(Region::id).containsExactly("us-east-1");
      assertThat(server.lines()).containsExactly("GET /regions", "GET /regions");
    }

    @Test
    void areAskedForAgainWhenTheServiceIsBusy() {
      server.then(429, "{\"error\":\"rate_limited\"}").then(503, "").then(200, Answers.data("[]"));

      assertThat(service.regions()).isEmpty();
      assertThat(server.waits()).hasSize(2);
    }
  }

  @Test
  void hasTheAddressesThatTheCommandHas() {
    try (CreateDbService byDefault = CreateDbService.builder().build()) {
      assertThat(byDefault.baseUrl()).hasToString("https://create-db-temp.prisma.io");
      assertThat(byDefault).hasToString("CreateDbService[https://create-db-temp.prisma.io]");
    }
  }

  @Test
  void refusesSettingsThatCannotBe() {
    CreateDbService.Builder builder = CreateDbService.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> builder.baseUrl(URI.create("ftp://x")));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.claimUrl(URI.create("x")));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxRetries(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.requestTimeout(Duration.ZERO));
  }
}
