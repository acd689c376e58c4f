package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class UsageApiTest {
  private final TestEmulator emulator = new TestEmulator();
  private final FakeDatabaseEngine engine = emulator.engine;
  private final String database = emulator.newDatabase(emulator.newProject());

  @AfterEach
  void close() {
    emulator.close();
  }

  private Answer usage(String query) {
    return emulator.get("/v1/databases/" + database + "/usage" + query);
  }

  private long operations(Object start, Object end) {
    Answer usage = usage("?startDate=" + start + "&endDate=" + end);
    assertThat(usage.status()).isEqualTo(200);
    return usage.json().at("/metrics/operations/used").longValue();
  }

  private long operations() {
    return usage("").json().at("/metrics/operations/used").longValue();
  }

  @Test
  void isWhatTheEngineCountedAndMeasured() {
    engine.statements.put(database, 4711L);
    engine.statements.put("db_other", 1L);
    JsonNode usage = usage("").json();
    assertThat(usage.at("/metrics/operations/used").longValue()).isEqualTo(4711);
    assertThat(usage.at("/metrics/operations/unit").stringValue()).isEqualTo("ops");
    assertThat(usage.at("/metrics/storage/used").doubleValue()).isEqualTo(8 / 1024.0);
    assertThat(usage.at("/metrics/storage/unit").stringValue()).isEqualTo("GiB");
    Instant start = Instant.parse(usage.at("/period/start").stringValue());
    Instant end = Instant.parse(usage.at("/period/end").stringValue());
    assertThat(Duration.between(start, end)).isBetween(Duration.ofDays(30), Duration.ofDays(31));
    assertThat(usage.at("/generatedAt").stringValue())
        .isEqualTo(usage.at("/period/end").stringValue());
  }

  @Test
  void isThatOfThePeriodAskedFor() {
    Instant before = Instant.now().minusSeconds(1);
    engine.statements.put(database, 10L);
    assertThat(operations(before, Instant.now().plusSeconds(1))).isEqualTo(10);
    Instant middle = Instant.parse(usage("").json().at("/generatedAt").stringValue());
    engine.statements.put(database, 17L);
    assertThat(operations(middle, Instant.now().plusSeconds(1))).isEqualTo(7);
    assertThat(operations(before, Instant.now().plusSeconds(1))).isEqualTo(17);
    assertThat(operations(before.minusSeconds(3600), before.minusSeconds(1))).isZero();
    assertThat(operations("2199-01-01", "2199-02-01T00:00:00%2B01:00")).isZero();
  }

  @Test
  void goesOnWhereTheEngineCountsAnew() {
    engine.statements.put(database, 10L);
    assertThat(operations()).isEqualTo(10);
    engine.statements.remove(database);
    assertThat(operations()).isEqualTo(10);
    engine.statements.put(database, 4L);
    assertThat(operations()).isEqualTo(14);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          startDate=yesterday            | startDate: must be a date-time such as 2026-11-20T10:15:30Z, not "yesterday".
          endDate=2026-11-20T10:15:30    | endDate: must be a date-time such as 2026-11-20T10:15:30Z, not "2026-11-20T10:15:30".
          endDate=2026-02-30             | endDate: must be a date-time such as 2026-11-20T10:15:30Z, not "2026-02-30".
          startDate=2026-02-02&endDate=2026-02-01 | startDate: must not be after endDate.
          """)
  void refusesDatesThatAreNone(String query, String message) {
    Answer refused = usage("?" + query);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("validation-error");
    assertThat(refused.message()).isEqualTo(message);
  }

  @Test
  void needsADatabaseThatExists() {
    assertThat(emulator.get("/v1/databases/db_unknown/usage").status()).isEqualTo(404);
  }
}
