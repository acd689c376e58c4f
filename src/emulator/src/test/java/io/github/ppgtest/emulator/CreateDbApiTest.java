package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CreateDbApiTest {
  private static final String SHOP =
      "{\"region\": \"eu-west-3\", \"name\": \"shop\", \"utm_source\": \"create-db\","
          + " \"source\": \"cli\"%s}";

  private final TestClock clock = new TestClock();
  private final TestEmulator emulator =
      new TestEmulator(
          builder -> builder.clock(clock).createDb(true).unavailableRegion("us-west-1"));

  @AfterEach
  void close() {
    emulator.close();
  }

  private Answer open(String method, String path, String body) {
    return emulator.send(method, base(emulator) + path, body, null);
  }

  private static String base(TestEmulator emulator) {
    return emulator.emulator.createDbUrl().getPath();
  }

  private Answer create() {
    return create("");
  }

  private Answer create(String more) {
    return open("POST", "/create", SHOP.formatted(more));
  }

  private Answer claim(String projectId) {
    return open("GET", "/claim?projectID=" + projectId + "&utm_source=x&utm_medium=cli", null);
  }

  private void awaitDatabases(int count) {
    long end = System.nanoTime() + TestEmulator.HANG.toNanos();
    while (emulator.engine.databases.size() != count && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(emulator.engine.databases).hasSize(count);
  }

  @Nested
  final class Creation {
    @Test
    void answersAsTheCreationOfAProjectDoes() {
      Answer created = create();

      assertThat(created.status()).isEqualTo(201);
      assertThat(created.id()).matches("proj_[a-z0-9]{25}");
      assertThat(created.data("/name")).isEqualTo("shop");
      assertThat(created.data("/database/region/id")).isEqualTo("eu-west-3");
      assertThat(created.data("/database/connections/0/endpoints/direct/connectionString"))
          .matches(
              "postgres://[0-9a-f]{64}:sk_\\S+@localhost:%d/\\S+\\?sslmode=require"
                  .formatted(FakeDatabaseEngine.PORT));
      Answer ordinary =
          emulator.post("/v1/projects", "{\"region\": \"eu-west-3\", \"name\": \"shop\"}");
      assertThat(created.data().propertyNames()).isEqualTo(ordinary.data().propertyNames());
      assertThat(created.data().get("database").propertyNames())
          .isEqualTo(ordinary.data().get("database").propertyNames());
    }

    @Test
    void staysUnseenByTheTokensWorkspace() {
      String id = create().id();

      assertThat(emulator.get("/v1/projects").data()).isEmpty();
      assertThat(emulator.get("/v1/databases").data()).isEmpty();
      assertThat(emulator.get("/v1/projects/" + id).status()).isEqualTo(404);
      assertThat(emulator.delete("/v1/projects/" + id).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"name\": \"shop\"} | 400 | region: is required.",
          "{\"region\": \"us-east-1\"} | 400 | name: is required.",
          "{\"region\": \"us-east-1\", \"name\": \" \"} | 400 | name: must not be empty.",
          "{\"region\": \"mars-1\", \"name\": \"shop\"} | 422 |"
              + " region: there is no region \"mars-1\"; available are us-east-1, eu-west-3,"
              + " eu-central-1, ap-northeast-1, ap-southeast-1.",
          "{\"region\": \"us-west-1\", \"name\": \"shop\"} | 422 |"
              + " region: us-west-1 is unavailable at the moment; available are us-east-1,"
              + " eu-west-3, eu-central-1, ap-northeast-1, ap-southeast-1.",
          "shop | 400 | body: The text is not JSON.",
        })
    void refusesWhatItCannotMake(String body, int status, String message) {
      Answer refused = open("POST", "/create", body);

      assertThat(refused.status()).isEqualTo(status);
      assertThat(refused.code()).isEqualTo("validation-error");
      assertThat(refused.message()).startsWith(message.replaceAll("not JSON\\.$", ""));
      assertThat(emulator.engine.databases).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1799999", "86400001", "-1", "0", "1e300"})
    void refusesATimeOutOfRange(String millis) {
      Answer refused = create(", \"ttlMs\": " + millis);

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.message())
          .startsWith("ttlMs: must be from 1800000 (30 minutes) to 86400000 (24 hours), but is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1800000\"", "null", "true"})
    void refusesATimeThatIsNoNumber(String ttl) {
      Answer refused = create(", \"ttlMs\": " + ttl);

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.message()).isEqualTo("ttlMs: must be a number.");
    }
  }

  @Nested
  final class Rate {
    @Test
    void refusesTheSixthInAMinuteAndSaysWhenToComeBack() {
      for (int i = 0; i < 5; i++) {
        assertThat(create().status()).isEqualTo(201);
        clock.advance(Duration.ofSeconds(5));
      }

      Answer refused = create();

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.json().get("error").stringValue()).isEqualTo("RATE_LIMIT_EXCEEDED");
      assertThat(refused.json().get("message").stringValue())
          .isEqualTo(
              "Rate limit exceeded for database creation. You can create up to 5 a minute. Please"
                  + " try again later.");
      assertThat(refused.json().at("/rateLimitInfo/retryAfterMs").longValue()).isEqualTo(35_000);
      assertThat(refused.json().at("/rateLimitInfo/currentCount").intValue()).isEqualTo(5);
      assertThat(refused.json().at("/rateLimitInfo/maxRequests").intValue()).isEqualTo(5);
      assertThat(refused.http().headers().firstValue("Retry-After")).contains("35");

      clock.advance(Duration.ofSeconds(34));
      assertThat(create().status()).isEqualTo(429);
      clock.advance(Duration.ofSeconds(1));
      assertThat(create().status()).isEqualTo(201);
      assertThat(create().status()).isEqualTo(429);
    }

    @Test
    void isASetting() {
      try (TestEmulator one =
          new TestEmulator(builder -> builder.createDb(true).createDbPerMinute(1))) {
        String body = SHOP.formatted("");
        assertThat(one.send("POST", base(one) + "/create", body, null).status()).isEqualTo(201);
        assertThat(one.send("POST", base(one) + "/create", body, null).status()).isEqualTo(429);
        assertThat(one.send("GET", base(one) + "/regions", null, null).status()).isEqualTo(200);
        assertThat(one.post("/v1/projects", "{}").status()).isEqualTo(201);
      }
    }

    @Test
    void isAtLeastOne() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PrismaPostgresEmulator.builder().createDbPerMinute(0))
          .withMessage("The rate of create-db is 0 a minute; it must be at least 1.");
    }
  }

  @Nested
  final class Expiry {
    @Test
    void deletesAfterTheTimeThatWasAskedFor() {
      String id = create(", \"ttlMs\": 1800000.9").id();
      awaitDatabases(1);

      clock.advance(Duration.ofMinutes(30).minusMillis(1));
      create();
      awaitDatabases(2);
      clock.advance(Duration.ofMillis(1));

      assertThat(claim(id).status()).isEqualTo(404);
      awaitDatabases(1);
    }

    @Test
    void deletesAfterADayUnlessTold() {
      create();
      awaitDatabases(1);

      clock.advance(Duration.ofHours(24).minusMillis(1));
      create();
      awaitDatabases(2);
      clock.advance(Duration.ofMillis(1));
      create();

      awaitDatabases(2);
    }

    @Test
    void leavesNoLogin() {
      String id = create(", \"ttlMs\": 1800000").id();
      awaitDatabases(1);

      clock.advance(Duration.ofMinutes(30));
      claim(id);

      assertThat(emulator.engine.logins).isEmpty();
    }
  }

  @Nested
  final class Claim {
    @Test
    void letsAProjectStay() {
      String id = create(", \"ttlMs\": 1800000").id();
      awaitDatabases(1);

      Answer claimed = claim(id);

      assertThat(claimed.status()).isEqualTo(200);
      assertThat(claimed.http().headers().firstValue("Content-Type"))
          .contains("text/html; charset=utf-8");
      assertThat(claimed.text())
          .contains(
              "<p>Project &quot;shop&quot; (%s) has no expiry any more: it and its database stay until this emulator ends.</p>"
                  .formatted(id));
      clock.advance(Duration.ofDays(2));
      assertThat(claim(id).status()).isEqualTo(200);
      assertThat(emulator.engine.databases).hasSize(1);
    }

    @Test
    void saysThatThereIsNoneAnyMoreAndRunsNobodysScript() {
      Answer unknown = claim("%3Cscript%3Ealert(1)%3C/script%3E");

      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.text())
          .contains(
              "<p>There is no temporary project"
                  + " &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot;, or no more: its time may"
                  + " be over.</p>");
    }

    @Test
    void knowsNoProjectOfTheTokensWorkspace() {
      assertThat(claim(emulator.newProject()).status()).isEqualTo(404);
    }
  }

  @Nested
  final class TheRest {
    @Test
    void isOnline() {
      Answer health = open("GET", "/health", null);

      assertThat(health.status()).isEqualTo(200);
      assertThat(health.json().get("status").stringValue()).isEqualTo("ok");
      assertThat(health.json().get("service").stringValue()).isEqualTo("create-db");
      assertThat(health.json().get("timestamp").longValue()).isEqualTo(clock.millis());
    }

    @Test
    void listsTheRegionsOfTheManagementApi() {
      assertThat(open("GET", "/regions", null).json())
          .isEqualTo(emulator.get("/v1/regions/postgres").json());
    }

    @Test
    void takesWhatTheCommandTellsOfItself() {
      String event = "{\"eventName\": \"create_db:cli_command_ran\", \"properties\": {\"a\": 1}}";

      assertThat(open("POST", "/analytics", event).status()).isEqualTo(204);
      assertThat(open("POST", "/analytics", "{}").status()).isEqualTo(400);
    }

    @Test
    void hasItsAddressBelowTheApi() {
      assertThat(emulator.emulator.createDbUrl())
          .asString()
          .matches(emulator.emulator.apiUrl() + "/create-db/[\\w-]{43}");
    }

    @Test
    void takesNoOtherMethod() {
      assertThat(open("GET", "/create", null).status()).isEqualTo(405);
      assertThat(open("GET", "/nothing", null).status()).isEqualTo(401);
    }
  }
}
