package io.github.ppgtest.emulator.internal.api;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Dates as the API writes them: ISO 8601 in UTC, always with milliseconds. */
final class Timestamps {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private Timestamps() {}

  static String of(Instant instant) {
    return FORMAT.format(instant);
  }
}
