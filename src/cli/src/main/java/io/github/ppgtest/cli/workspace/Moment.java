package io.github.ppgtest.cli.workspace;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A day or a moment, as an end of a period.
 *
 * @param beginning of the day, or the moment
 * @param end of the day, or the moment
 */
record Moment(Instant beginning, Instant end) {
  static Moment parse(String text) {
    if (text.contains("T")) {
      Instant moment = OffsetDateTime.parse(text).toInstant();
      return new Moment(moment, moment);
    }
    Instant day = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    return new Moment(day, day.plus(1, ChronoUnit.DAYS));
  }

  /** Returns the end, or now where that is yet to come. */
  Instant endUntilNow(Clock clock) {
    Instant now = clock.instant();
    return end.isAfter(now) ? now : end;
  }

  /** Reads {@code 2026-11-01} or {@code 2026-11-01T10:15:00Z}. */
  static final class Converter implements ITypeConverter<Moment> {
    @Override
    public Moment convert(String text) {
      try {
        return parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'%s' is no date such as 2026-11-01 or 2026-11-01T10:15:00Z".formatted(text));
      }
    }
  }
}
