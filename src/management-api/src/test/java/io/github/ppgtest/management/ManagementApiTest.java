package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManagementApiTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();

  @Nested
  final class Building {
    @Test
    void asksForNothingButAToken() {
      assertThat(ManagementApi.builder().serviceToken("t").build().baseUrl())
          .isEqualTo(URI.create("https://api.prisma.io"));
    }

    @Test
    void saysWhereATokenComesFrom() {
      assertThatThrownBy(() -> ManagementApi.builder().build())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the Management API needs a service token: make one in Prisma Console, Workspace"
                  + " Settings, Service Tokens, or set other credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\n", "tökén", "a\t"})
    void refusesWhatIsNoToken(String token) {
      assertThatThrownBy(() -> ManagementApi.builder().serviceToken(token))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "serviceToken holds a space, a line end or a letter that no token has: copy it anew"
                  + " from Prisma Console, Workspace Settings, Service Tokens");
    }

    @Test
    void refusesABlankToken() {
      assertThatThrownBy(() -> ManagementApi.builder().serviceToken(""))
          .hasMessage("serviceToken must not be blank");
    }

    @Test
    void takesABaseUrlWithAPathAndASlashAtItsEnd() {
      server.then(200, "{\"data\":[]}");

      ManagementApi api = server.builder().baseUrl(URI.create(server.url() + "/prisma/")).build();

      assertThat(api.regions().list()).isEmpty();
      assertThat(api.baseUrl()).isEqualTo(URI.create(server.url() + "/prisma"));
      assertThat(server.lines()).containsExactly("GET /prisma/v1/regions/postgres");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "api.prisma.io|the API's base URL must begin with http:// or https://",
          "ftp://api.prisma.io|the API's base URL must begin with http:// or https://",
          "https:///v2|the API's base URL must name a host, of letters, digits, dots and hyphens, and a"
              + " port, if any, of digits: Java's HTTP client takes no other, such as one with an"
              + " underscore",
          "https://u:p@api.prisma.io|the API's base URL must not hold credentials: the token has a"
              + " setting of its own",
          "https://api.prisma.io?a=b|the API's base URL must have no query and no fragment",
          "https://api.prisma.io/v1/|the API's base URL must not end with /v1, which every call"
              + " adds: https://api.prisma.io/v1",
        })
    void refusesABaseUrlThatCannotBe(URI url, String message) {
      assertThatThrownBy(() -> ManagementApi.builder().baseUrl(url))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
      ManagementApi.Builder builder = ManagementApi.builder();
      Duration second = Duration.ofSeconds(1);

      assertThatThrownBy(() -> builder.maxRetries(-1))
          .hasMessage("maxRetries must be 0 or more but is -1");
      assertThatThrownBy(() -> builder.connectTimeout(Duration.ZERO))
          .hasMessage("connectTimeout must be more than zero but is PT0S");
      assertThatThrownBy(() -> builder.requestTimeout(second.negated()))
          .hasMessage("requestTimeout must be more than zero but is PT-1S");
      assertThatThrownBy(() -> builder.backoff(Duration.ZERO, second))
          .hasMessage("the backoff's base must be more than zero: PT0S");
      assertThatThrownBy(() -> builder.backoff(second, Duration.ofMillis(1)))
          .hasMessage("the backoff's cap must be at least its base: PT0.001S is less than PT1S");
    }
  }

  @Nested
  final class UsedByManyThreads {
    private static final int THREADS = 8;
    private static final int CALLS = 40;

    @Test
    void keepsTheirCallsApart() throws Exception {
      // Every first attempt fails, in any thread; so attempts and waits of all calls mix.
      for (int i = 0; i < CALLS; i++) {
        server.thenError(503, "unavailable", "Down");
      }
      for (int i = 0; i < CALLS; i++) {
        server.then(
            exchange -> {
              String id = exchange.getRequestURI().getPath().replaceAll(".*/", "");
              ScriptedApi.answer(
                      200, "application/json", Answers.data(Answers.database(id, "name of " + id)))
                  .to(exchange);
            });
      }
      ManagementApi api = server.builder().maxRetries(CALLS).build();
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        List<Callable<Database>> calls =
            IntStream.range(0, CALLS)
                .<Callable<Database>>mapToObj(i -> () -> api.databases().get("db_" + i))
                .toList();
        List<Future<Database>> answers = threads.invokeAll(calls);

        for (int i = 0; i < CALLS; i++) {
          assertThat(answers.get(i).get().name()).isEqualTo("name of db_" + i);
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(server.lines()).hasSize(2 * CALLS);
      assertThat(server.waits()).hasSize(CALLS);
    }
  }

  @Test
  void tellsTheTimeOfTheApiHoweverWrongThisMachinesIs() {
    Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofHours(7));
    ManagementApi api = server.builder().clock(wrong).build();
    server.then(200, "{\"data\":[]}");

    assertThat(Duration.between(Instant.now(), api.serverClock().instant()))
        .isBetween(Duration.ofHours(6), Duration.ofHours(8));

    api.regions().list();

    assertThat(Duration.between(Instant.now(), api.serverClock().instant()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }
}
