package io.github.ppgtest.emulator.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ResponseBytesTest {
  @Test
  void dateWithTwoDigitsForADay() {
    assertThat(ResponseBytes.date(Instant.parse("2026-07-05T01:02:03.456Z")))
        .isEqualTo("Sun, 05 Jul 2026 01:02:03 GMT");
  }
}
