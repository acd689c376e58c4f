package io.github.ppgtest.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class MomentTest {
  private final Moment.Converter converter = new Moment.Converter();

  @Test
  void isAWholeDayInUtc() {
    assertThat(converter.convert("2026-11-01"))
        .isEqualTo(
            new Moment(
                Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-02T00:00:00Z")));
  }

  @Test
  void isAMomentInAnyZone() {
    Instant moment = Instant.parse("2026-11-01T09:15:00Z");

    assertThat(converter.convert("2026-11-01T10:15:00+01:00"))
        .isEqualTo(new Moment(moment, moment));
  }

  @Test
  void endsNowWhereItsEndIsYetToCome() {
    Instant noon = Instant.parse("2026-11-01T12:00:00Z");
    Clock clock = Clock.fixed(noon, ZoneOffset.UTC);

    assertThat(converter.convert("2026-11-01").endUntilNow(clock)).isEqualTo(noon);
    assertThat(converter.convert("2026-10-31").endUntilNow(clock))
        .isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-13-01", "01.11.2026", "2026-11-01T10"})
  void isNothingElse(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> converter.convert(text))
        .withMessage("'%s' is no date such as 2026-11-01 or 2026-11-01T10:15:00Z", text);
  }
}
