package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetriesTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  @Nested
  final class WithinTheTimeOfACall {
    private void answersForEver(int status, String retryAfter) {
      for (int i = 0; i < 50; i++) {
        server.then(
            ScriptedApi.answer(
                status,
                "application/json",
                Answers.error("busy", "Busy"),
                "Retry-After",
                retryAfter));
      }
    }

    private ManagementApi within(Duration timeout) {
      return server
          .builder()
          .maxRetries(1_000)
          .rateLimitPatience(Duration.ofDays(1))
          .backoff(millis(250), Duration.ofSeconds(60))
          .callTimeout(timeout)
          .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void endsHoweverOftenItIsAskedToComeBack(int status) {
      answersForEver(status, "60");

      ManagementApiException e =
          catchThrowableOfType(
              ManagementApiException.class, () -> within(Duration.ofSeconds(179)).me());

      assertThat(server.waits()).containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(60));
      assertThat(server.lines()).hasSize(3);
      assertThat(e)
          .hasMessageStartingWith(
              "GET /v1/me was answered "
                  + status
                  + " after 3 attempts: busy: Busy (not repeated again, as a call begins no attempt"
                  + " after 179 s). ");
    }

    @Test
    void isFiveMinutesUnlessSet() {
      answersForEver(503, "60");

      assertThatThrownBy(
              () ->
                  server
                      .builder()
                      .maxRetries(1_000)
                      .backoff(millis(250), Duration.ofSeconds(60))
                      .build()
                      .me())
          .isInstanceOf(ServerErrorException.class);
      assertThat(server.waits()).hasSize(4);
    }

    @Test
    void endsACreationToo() {
      for (int i = 0; i < 50; i++) {
        server.then(
            ScriptedApi.answer(
                503, "application/json", Answers.error("busy", "Busy"), "Retry-After", "60"));
        server.then(200, Answers.page(""));
      }

      assertThatThrownBy(
              () ->
                  within(Duration.ofSeconds(179))
                      .databases()
                      .create(CreateDatabase.inProject("proj_1").named("a")))
          .isInstanceOf(ServerErrorException.class);
      assertThat(server.lines().stream().filter(line -> line.startsWith("POST"))).hasSize(3);
    }

    @Test
    void isNotGivenAgainToEachPageOfAList() {
      server.then(200, Answers.page("a", Answers.project("proj_1", "a")));
      answersForEver(503, "60");

      assertThatThrownBy(() -> within(Duration.ofDays(1)).projects().all().toList())
          .isInstanceOf(ServerErrorException.class);
      assertThat(server.waits()).hasSize(4);
    }

    @Test
    void isMoreThanZero() {
      assertThatThrownBy(() -> within(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("callTimeout must be more than zero but is PT0S");
    }
  }

  @Nested
  final class OfWhatMayBeRepeated {
    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void repeatsAGet(int status) {
      server
          .thenError(status, "oops", "Oops")
          .then(200, Answers.data(Answers.database("db_1", "a")));

      assertThat(server.client().databases().get("db_1").id()).isEqualTo("db_1");
      assertThat(server.lines()).hasSize(2);
      assertThat(server.waits()).containsExactly(millis(125));
    }

    @Test
    void waitsLongerEachTimeAndGivesUpAfterFourRetries() {
      for (int i = 0; i < 9; i++) {
        server.thenError(503, "unavailable", "Down");
      }

      ServerErrorException e =
          catchThrowableOfType(ServerErrorException.class, () -> server.client().me());

      assertThat(server.lines()).hasSize(5);
      assertThat(server.waits())
          .containsExactly(millis(125), millis(250), millis(500), millis(1_000));
      assertThat(e.attempts()).isEqualTo(5);
      assertThat(e)
          .hasMessage(
              "GET /v1/me was answered 503 after 5 attempts: unavailable: Down. The fault is on the"
                  + " API's side: try again later, and look at the log of what serves %s if it"
                  + " stays.",
              server.url());
    }

    @Test
    void neverWaitsLongerThanTheCap() {
      for (int i = 0; i < 9; i++) {
        server.thenError(503, "unavailable", "Down");
      }

      assertThatThrownBy(() -> server.builder().backoff(millis(100), millis(300)).build().me())
          .isInstanceOf(ServerErrorException.class);
      assertThat(server.waits()).containsExactly(millis(50), millis(100), millis(150), millis(150));
    }

    @Test
    void repeatsAGetWhoseAnswerIsCut() {
      server.then(ScriptedApi.cut()).then(200, Answers.data(Answers.database("db_1", "a")));

      assertThat(server.client().databases().get("db_1").id()).isEqualTo("db_1");
      assertThat(server.lines()).hasSize(2);
    }

    @Test
    void repeatsARenamingAndADeletion() {
      server
          .thenError(502, "bad-gateway", "Oops")
          .then(200, Answers.data(Answers.project("proj_1", "b")))
          .thenError(502, "bad-gateway", "Oops")
          .then(204, "");
      Projects projects = server.client().projects();

      projects.rename("proj_1", "b");
      projects.delete("proj_1");

      assertThat(server.lines())
          .containsExactly(
              "PATCH /v1/projects/proj_1",
              "PATCH /v1/projects/proj_1",
              "DELETE /v1/projects/proj_1",
              "DELETE /v1/projects/proj_1");
    }

    @Test
    void takesARepeatedDeletionThatFindsNothingForDone() {
      server.then(ScriptedApi.cut()).thenError(404, "resource-not-found", "Database not found");

      server.client().databases().delete("db_1");

      assertThat(server.lines()).hasSize(2);
    }

    @Test
    void failsAFirstDeletionThatFindsNothing() {
      server.thenError(404, "resource-not-found", "Database not found");

      assertThatThrownBy(() -> server.client().databases().delete("db_1"))
          .isInstanceOf(ResourceNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 422, 501})
    void repeatsNothingThatWouldFailAgain(int status) {
      server.thenError(status, "no", "No");

      assertThatThrownBy(() -> server.client().me()).isInstanceOf(ManagementApiException.class);
      assertThat(server.lines()).hasSize(1);
      assertThat(server.waits()).isEmpty();
    }

    @Test
    void repeatsACreationThatWasOneTooMany() {
      server
          .thenError(429, "rate-limit-exceeded", "Slow down")
          .then(201, Answers.data(Answers.created("db_1", "a")));

      assertThat(server.client().databases().create(CreateDatabase.inProject("proj_1")).id())
          .isEqualTo("db_1");
      assertThat(server.lines()).containsExactly("POST /v1/databases", "POST /v1/databases");
      assertThat(server.received().get(1)).isEqualTo(server.received().get(0));
    }

    @Test
    void repeatsNothingWhenToldSo() {
      server.thenError(503, "unavailable", "Down");

      assertThatThrownBy(() -> server.builder().maxRetries(0).build().me())
          .isInstanceOf(ServerErrorException.class);
      assertThat(server.lines()).hasSize(1);
    }
  }

  @Nested
  final class AfterWhatTheServerAsksFor {
    private void thenLimited(String retryAfter) {
      server.then(
          ScriptedApi.answer(
              429,
              "application/json",
              Answers.error("rate-limit-exceeded", "Too many requests"),
              "Retry-After",
              retryAfter));
    }

    private ManagementApi client() {
      return server.client();
    }

    private static String inSeconds(int seconds) {
      return DateTimeFormatter.RFC_1123_DATE_TIME.format(
          ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds));
    }

    /** The date is told when the answer is given, shortly before the server's own Date. */
    private void thenLimitedForTwentySeconds() {
      server.then(
          exchange ->
              ScriptedApi.answer(
                      429,
                      "application/json",
                      Answers.error("rate-limit-exceeded", "Too many requests"),
                      "Retry-After",
                      inSeconds(20))
                  .to(exchange));
    }

    /** Both dates are cut to whole seconds. */
    private void assertAboutTwentySeconds() {
      assertThat(server.waits())
          .singleElement()
          .satisfies(
              wait -> assertThat(wait).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(21)));
    }

    @Test
    void waitsTheSeconds() {
      thenLimited("7");
      server.then(200, Answers.data("[]"));

      client().regions().list();

      assertThat(server.waits()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void waitsLongerByChanceThanThatAndByMoreAFewTimes() {
      for (int i = 0; i < 5; i++) {
        thenLimited("2");
      }
      server.then(200, Answers.data("[]"));

      // A half, of all that chance may give.
      server.builder().random(() -> Long.MIN_VALUE).maxRetries(5).build().regions().list();

      assertThat(server.waits())
          .containsExactly(
              Duration.ofSeconds(3),
              Duration.ofSeconds(4),
              Duration.ofSeconds(6),
              Duration.ofSeconds(10),
              Duration.ofSeconds(10));
    }

    @Test
    void tellsWhoListensOfEachWait() {
      thenLimited("2");
      thenLimited("3");
      server.then(200, Answers.data("[]"));
      List<Duration> told = new ArrayList<>();

      server.builder().onRateLimit(told::add).build().regions().list();

      assertThat(told).isEqualTo(server.waits()).hasSize(2);
    }

    @Test
    void tellsWhoListensAlsoWhereItGivesUp() {
      thenLimited("3600");
      List<Duration> told = new ArrayList<>();
      ManagementApi api = server.builder().onRateLimit(told::add).build();

      assertThatThrownBy(api::me).isInstanceOf(RateLimitExceededException.class);

      assertThat(told).containsExactly(Duration.ZERO);
    }

    @Test
    void doesNotCountItAsLongAsItIsPatient() {
      for (int i = 0; i < 12; i++) {
        thenLimited("5");
      }

      assertThatThrownBy(
              () -> server.builder().rateLimitPatience(Duration.ofSeconds(30)).build().me())
          .isInstanceOf(RateLimitExceededException.class);

      // Six for its patience, and then the four of others.
      assertThat(server.lines()).hasSize(6 + 5);
    }

    @Test
    void waitsUntilTheDate() {
      thenLimitedForTwentySeconds();
      server.then(200, Answers.data("[]"));

      client().regions().list();

      assertAboutTwentySeconds();
    }

    @Test
    void measuresTheDateByTheServersClock() {
      thenLimitedForTwentySeconds();
      server.then(200, Answers.data("[]"));
      Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

      server.builder().clock(ahead).build().regions().list();

      assertAboutTwentySeconds();
    }

    @Test
    void doesNotWaitForADateThatHasPassed() {
      thenLimited(inSeconds(-60));
      server.then(200, Answers.data("[]"));

      client().regions().list();

      assertThat(server.lines()).hasSize(2);
      assertThat(server.waits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-3", "99999999999999999999"})
    void backsOffAsUsualWhereItMakesNoSense(String nonsense) {
      thenLimited(nonsense);
      server.then(200, Answers.data("[]"));

      client().regions().list();

      assertThat(server.waits()).containsExactly(millis(125));
    }

    @Test
    void givesUpAtOnceWhereThatIsTooLong() {
      thenLimited("3600");

      RateLimitExceededException e =
          catchThrowableOfType(RateLimitExceededException.class, () -> client().me());

      assertThat(server.waits()).isEmpty();
      assertThat(e.retryAfter()).contains(Duration.ofHours(1));
      assertThat(e)
          .hasMessage(
              "GET /v1/me was answered 429: rate-limit-exceeded: Too many requests. The client"
                  + " did not back off. The API asks to wait 3600 s, which is more than the 30 s"
                  + " this client waits at most: try again after that, with fewer calls at once.");
    }

    @Test
    void saysHowOftenItBackedOff() {
      for (int i = 0; i < 5; i++) {
        thenLimited("2");
      }

      assertThatThrownBy(() -> client().me())
          .isInstanceOf(RateLimitExceededException.class)
          .hasMessage(
              "GET /v1/me was answered 429 after 5 attempts: rate-limit-exceeded: Too many"
                  + " requests. The client backed off 4 times. The API asks to wait 2 s: try again"
                  + " after that, with fewer calls at once.");
    }
  }

  @Nested
  final class WhenInterrupted {
    @Test
    void failsAndKeepsTheFlagWhileItWaits() {
      server.thenError(503, "unavailable", "Down");
      ManagementApi api =
          server
              .builder()
              .delay(
                  duration -> {
                    throw new InterruptedException("enough");
                  })
              .build();

      assertThatThrownBy(() -> api.me())
          .isInstanceOf(CallInterruptedException.class)
          .hasMessage("GET /v1/me got no answer. The thread was interrupted while it waited.");
      // Also clears the flag for the next use of this thread.
      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.lines()).hasSize(1);
    }

    @Test
    void failsAndKeepsTheFlagWhileItIsUnderWay() {
      Thread caller = Thread.currentThread();
      ScriptedApi.Reply hang = server.hang();
      server.then(
          exchange -> {
            caller.interrupt();
            hang.to(exchange);
          });

      assertThatThrownBy(() -> server.client().projects().delete("proj_1"))
          .isInstanceOf(CallInterruptedException.class)
          .hasMessage(
              "DELETE /v1/projects/proj_1 got no answer. The thread was interrupted while it"
                  + " waited; whether the API acted on the call is not known.");
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
