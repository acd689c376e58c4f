package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ppgtest.testsupport.HostileApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No answer is trusted in its size, its time or its numbers. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileAnswersTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  private static final Duration NO_PAUSE = Duration.ZERO;

  /** Long enough for a busy machine to get as far as the attack. */
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  /** A client that never waits between attempts. */
  private static ManagementApi.Builder builder(HostileApi server) {
    return ManagementApi.builder()
        .serviceToken(ScriptedApi.TOKEN)
        .baseUrl(server.url())
        .maxRetries(0)
        .delay(wait -> {});
  }

  private static CreateDbService createDb(HostileApi server) {
    return CreateDbService.builder().baseUrl(server.url()).maxRetries(0).delay(wait -> {}).build();
  }

  private static ManagementApiException failure(HostileApi server) {
    return catchThrowableOfType(
        ManagementApiException.class,
        () -> builder(server).requestTimeout(TIMEOUT).build().regions().list());
  }

  @Nested
  final class Size {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "Content-Length: 1073741824\r\n\r\n",
          "Content-Length: 9223372036854775807\r\n\r\n",
          "Connection: close\r\n\r\n"
        })
    void ofABodyIsBounded(String rest) {
      String megabyte = " ".repeat(1 << 20);
      try (HostileApi server =
          new HostileApi(
              exchange -> {
                exchange.say(HEAD + rest);
                for (int i = 0; i < 1_024; i++) {
                  exchange.say(megabyte);
                }
              })) {
        assertThat(failure(server))
            .isInstanceOf(UnexpectedAnswerException.class)
            .hasMessage(
                "GET /v1/regions/postgres was answered 200: its body is longer than 4 MiB, and was"
                    + " not read to its end (application/json). Check that "
                    + server.url()
                    + " is the Management API (PPGTEST_API_URL sets another address) and that no"
                    + " proxy or login page answers in its place.");
        // The rest is what the system buffers.
        assertThat(server.sent()).isLessThan(128L << 20);
      }
    }

    @Test
    void ofABodyInChunksIsBounded() {
      String chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
      try (HostileApi server =
          new HostileApi(
              exchange ->
                  exchange
                      .say(HEAD + "Transfer-Encoding: chunked\r\n\r\n")
                      .forEver(chunk, NO_PAUSE))) {
        assertThat(failure(server)).hasMessageContaining("longer than 4 MiB");
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 403, 404, 429, 500})
    void ofAnErrorIsBounded(int status) {
      try (HostileApi server =
          new HostileApi(
              exchange ->
                  exchange
                      .say("HTTP/1.1 " + status + " X\r\nConnection: close\r\n\r\n")
                      .forEver("x".repeat(1 << 20), NO_PAUSE))) {
        assertThat(failure(server).status()).hasValue(status);
      }
    }

    @Test
    void ofAMessageIsBounded() {
      String message = "{\"error\":{\"code\":\"c\",\"message\":\"" + "m".repeat(1 << 20) + "\"}}";
      try (HostileApi server = HostileApi.answering(422, message)) {
        assertThat(failure(server)).isInstanceOf(ValidationException.class);
        assertThat(failure(server).getMessage().length()).isLessThan(3_000);
      }
    }

    @Test
    void ofHeadersIsBounded() {
      String line = "X-Header: " + "x".repeat(1_000) + "\r\n";
      try (HostileApi server =
          new HostileApi(exchange -> exchange.say(HEAD).forEver(line, NO_PAUSE))) {
        assertThat(failure(server)).isInstanceOf(ApiUnreachableException.class);
        assertThat(server.sent()).isLessThan(128L << 20);
      }
    }

    @Test
    void isNotThatOfWhatIsPacked() throws IOException {
      ByteArrayOutputStream bomb = new ByteArrayOutputStream();
      try (GZIPOutputStream packed = new GZIPOutputStream(bomb)) {
        for (int i = 0; i < 64; i++) {
          packed.write(new byte[1 << 20]);
        }
      }
      try (HostileApi server =
          new HostileApi(
              exchange ->
                  exchange
                      .say(HEAD + "Content-Encoding: gzip\r\nConnection: close\r\n\r\n")
                      .say(bomb.toByteArray()))) {
        assertThat(failure(server))
            .isInstanceOf(UnexpectedAnswerException.class)
            .hasMessageContaining("it is no JSON");
        assertThat(server.requests().get(0)).doesNotContainIgnoringCase("accept-encoding");
      }
    }
  }

  @Nested
  final class Time {
    @Test
    void ofABodyThatDripsIsBounded() {
      try (HostileApi server =
          new HostileApi(
              exchange ->
                  exchange
                      .say(HEAD + "Content-Length: 1000000\r\n\r\n")
                      .forEver(" ", Duration.ofMillis(100)))) {
        assertThat(failure(server))
            .isInstanceOf(ApiUnreachableException.class)
            .hasMessageContaining("got no answer: waited 4 s for localhost:");
      }
    }

    @Test
    void ofHeadersThatDripIsBounded() {
      try (HostileApi server =
          new HostileApi(
              exchange -> exchange.say(HEAD).forEver("X: y\r\n", Duration.ofMillis(100)))) {
        assertThat(failure(server)).hasMessageContaining("waited 4 s for localhost:");
      }
    }

    @Test
    void ofAServerThatSaysNothingIsThatOfTwoAttempts() {
      try (HostileApi server = new HostileApi(HostileApi.Exchange::nothingMore)) {
        ManagementApi api = builder(server).maxRetries(4).requestTimeout(TIMEOUT).build();

        assertThatThrownBy(() -> api.regions().list())
            .isInstanceOf(ApiUnreachableException.class)
            .hasMessageContaining("got no answer after 2 attempts: waited 4 s for localhost:");
      }
    }

    @Test
    void ofAttemptsThatDripIsThatOfTheCall() {
      String unavailable = "HTTP/1.1 503 X\r\nContent-Length: 5\r\n\r\n";
      try (HostileApi server =
          new HostileApi(
              exchange -> {
                exchange.say(unavailable);
                for (int i = 0; i < 5; i++) {
                  exchange.drip(" ", Duration.ofMillis(200));
                }
              })) {
        ManagementApi api =
            builder(server).maxRetries(1_000).callTimeout(Duration.ofMillis(1_500)).build();

        assertThatThrownBy(() -> api.regions().list())
            .isInstanceOf(ServerErrorException.class)
            .hasMessageContaining("a call begins no attempt after 1.5 s");
        assertThat(server.requests()).hasSizeLessThanOrEqualTo(2);
      }
    }

    @Test
    void ofAHandshakeThatStallsIsBounded() {
      try (HostileApi server = new HostileApi(HostileApi.Exchange::nothingMore)) {
        ManagementApi api =
            builder(server)
                .baseUrl(URI.create(server.url().toString().replace("http:", "https:")))
                .connectTimeout(TIMEOUT)
                .requestTimeout(TIMEOUT)
                .build();

        assertThatThrownBy(() -> api.regions().list())
            .isInstanceOf(ApiUnreachableException.class)
            .hasMessageContaining("got no answer");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints"})
    void ofAnswersThatAreNotTheLastIsBounded(String status) {
      String answer = "HTTP/1.1 " + status + "\r\n\r\n";
      try (HostileApi server =
          new HostileApi(exchange -> exchange.forEver(answer, Duration.ofMillis(1)))) {
        assertThat(failure(server)).isInstanceOf(ManagementApiException.class);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000000", "999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void toWaitIsAYearAtMost(String asked) {
      try (HostileApi server =
          HostileApi.answering(429, Answers.error("c", "m"), "Retry-After: " + asked)) {
        RateLimitExceededException e = (RateLimitExceededException) failure(server);

        assertThat(e.retryAfter()).hasValue(Duration.ofDays(365));
        assertThat(e)
            .hasMessageContaining("asks to wait 31536000 s, which is more than the 30 s this");
      }
    }

    @ParameterizedTest
    @CsvSource({
      "1.5,2",
      "1e3,1000",
      "1000000000000,31536000000",
      "1e300,31536000000",
      "-1,",
      "true,",
      "{},"
    })
    void toWaitForCreateDbIsAnyNumber(String asked, Long millis) {
      String body =
          "{\"error\":\"RATE_LIMIT_EXCEEDED\",\"rateLimitInfo\":{\"retryAfterMs\":" + asked + "}}";
      try (HostileApi server = HostileApi.answering(429, body)) {
        RateLimitExceededException e =
            catchThrowableOfType(
                RateLimitExceededException.class,
                () ->
                    createDb(server)
                        .create("us-east-1", "a", Duration.ofMinutes(30), Duration.ofMinutes(1)));

        assertThat(e.retryAfter().map(Duration::toMillis).orElse(null)).isEqualTo(millis);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"})
    void ofTheServerIsNotBelievedWhereItCannotBe(String date) {
      try (HostileApi server = HostileApi.answering(200, Answers.data("[]"), "Date: " + date)) {
        ManagementApi api = builder(server).build();
        api.regions().list();

        assertThat(Duration.between(Clock.systemUTC().instant(), api.serverClock().instant()))
            .isLessThan(Duration.ofHours(1));
      }
    }
  }

  @Nested
  final class Number {
    @Test
    void ofPagesIsBoundedWhereCursorsAlternate() {
      AtomicInteger page = new AtomicInteger();
      try (HostileApi server = listing(() -> page.getAndIncrement() % 2 == 0 ? "a" : "b")) {
        assertThatThrownBy(() -> builder(server).build().projects().all().toList())
            .isInstanceOf(UnexpectedAnswerException.class)
            .hasMessageContaining("pagination.nextCursor leads back to an earlier page");
        assertThat(server.requests()).hasSize(3);
      }
    }

    @Test
    void ofPagesIsBoundedWhereCursorsNeverEnd() {
      AtomicInteger page = new AtomicInteger();
      try (HostileApi server = listing(() -> "c" + page.getAndIncrement())) {
        assertThatThrownBy(() -> builder(server).build().projects().all().toList())
            .isInstanceOf(UnexpectedAnswerException.class)
            .hasMessageContaining("the list has more than 1000 pages");
        assertThat(server.requests()).hasSize(1_000);
      }
    }

    private static HostileApi listing(java.util.function.Supplier<String> cursor) {
      return new HostileApi(
          exchange ->
              exchange.say(HEAD + "Connection: close\r\n\r\n" + Answers.page(cursor.get())));
    }

    @ParameterizedTest
    @CsvSource({"[,]", "{\"a\":,}"})
    void ofLevelsIsBounded(String open, String close) {
      String body = open.repeat(100_000) + "1" + close.repeat(100_000);
      try (HostileApi server = HostileApi.answering(200, body)) {
        assertThat(failure(server))
            .isInstanceOf(UnexpectedAnswerException.class)
            .hasMessageContaining("it is JSON beyond all bounds: at most 100 levels,");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "-%s", "0.%s", "1e%s", "{\"%s\":1}"})
    void ofDigitsIsBounded(String place) {
      try (HostileApi server = HostileApi.answering(200, place.formatted("9".repeat(1_000_000)))) {
        assertThat(failure(server))
            .isInstanceOf(UnexpectedAnswerException.class)
            .hasMessageContaining("it is JSON beyond all bounds");
      }
    }

    @Test
    void ofValuesIsBounded() {
      try (HostileApi server = HostileApi.answering(200, "[" + "{},".repeat(1_000_000) + "{}]")) {
        assertThat(failure(server)).hasMessageContaining("300000 values and names");
      }
    }

    @Test
    void ofFieldsOfANameIsOne() {
      String region = "{\"id\":\"a\",\"id\":\"b\",\"name\":\"a\",\"status\":\"available\"}";
      try (HostileApi server = HostileApi.answering(200, Answers.data("[" + region + "]"))) {
        assertThat(failure(server)).hasMessageContaining("an object in it has a field twice");
      }
    }

    @ParameterizedTest
    @CsvSource({"1e999999999", "1e-999999999", "1e99999999999", "'\"7\"'", "null"})
    void ofGigabytesHasToFit(String used) {
      String usage =
          """
          {"period":{"start":"%1$s","end":"%1$s"},"metrics":{"operations":{"used":1,"unit":"ops"},
           "storage":{"used":%2$s,"unit":"GiB"}},"generatedAt":"%1$s"}"""
              .formatted(Answers.CREATED_AT, used);
      try (HostileApi server = HostileApi.answering(200, usage)) {
        assertThatThrownBy(
                () ->
                    builder(server)
                        .build()
                        .databases()
                        .usage("db_1", java.time.Instant.EPOCH, java.time.Instant.now()))
            .isInstanceOf(UnexpectedAnswerException.class);
      }
    }
  }

  @Nested
  final class Http {
    @AutoClose("shutdownNow")
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void carriesNoTokenToAnotherHost(int status) {
      try (HostileApi other = HostileApi.answering(200, Answers.data("[]"));
          HostileApi server =
              HostileApi.answering(status, "", "Location: " + other.url() + "/v1/regions")) {
        assertThat(failure(server))
            .isInstanceOf(UnexpectedAnswerException.class)
            .hasMessageContaining("this is a redirect to " + other.url());
        assertThat(other.requests()).isEmpty();
        assertThat(server.requests()).hasSize(1);
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "\r\n\r\n",
          "HTTP/1.1\r\n\r\n",
          "HTTP/1.1 99999999999 OK\r\n\r\n",
          "HTTP/1.1 -1 OK\r\n\r\n",
          "HTTP/1.1 000 OK\r\n\r\n",
          "HTTP/9.9 200 OK\r\n\r\n",
          "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
          "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{}",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n{}",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{}",
          "HTTP/1.1 200 OK\r\n: no name\r\n\r\n{}",
          "HTTP/1.1 200 OK\r\nno colon\r\n\r\n{}",
          "HTTP/1.1 200 OK\r\nX-\u0000: \u0000\r\n\r\n{}",
          "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n{}",
          "HTTP/1.1 401 X\r\nWWW-Authenticate: \r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 407 X\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 204 X\r\nContent-Length: 10\r\n\r\n",
          "HTTP/1.1 304 X\r\n\r\n",
          "HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n"
        })
    void mayBeAsWrongAsItCan(String answer) {
      try (HostileApi server = HostileApi.saying(answer)) {
        assertThat(failure(server)).isNotNull();
      }
    }

    /** A server can only choose what a client offers in its first message, which is readable. */
    @Test
    void isNotItsSecondVersionOverTls() throws Exception {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        Future<byte[]> hello =
            thread.submit(
                () -> {
                  try (Socket client = server.accept()) {
                    byte[] head = client.getInputStream().readNBytes(5);
                    return client
                        .getInputStream()
                        .readNBytes((head[3] & 0xff) << 8 | head[4] & 0xff);
                  }
                });
        ManagementApi api =
            ManagementApi.builder()
                .serviceToken(ScriptedApi.TOKEN)
                .baseUrl(URI.create("https://localhost:" + server.getLocalPort()))
                .maxRetries(0)
                .build();

        assertThatThrownBy(() -> api.regions().list()).isInstanceOf(ApiUnreachableException.class);
        assertThat(new String(hello.get(), StandardCharsets.ISO_8859_1))
            .contains("localhost")
            .doesNotContain("\u0002h2");
      }
    }

    @Test
    void mayBeBytesThatAreNoText() {
      byte[] bytes = new byte[256];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) i;
      }
      String latin = new String(bytes, StandardCharsets.ISO_8859_1);
      try (HostileApi server =
          new HostileApi(
              exchange ->
                  exchange
                      .say("HTTP/1.1 403 X\r\nConnection: close\r\n\r\n")
                      .say(latin.getBytes(StandardCharsets.ISO_8859_1)))) {
        assertThat(failure(server).getMessage())
            .matches(message -> message.chars().noneMatch(Character::isISOControl));
      }
    }
  }
}
