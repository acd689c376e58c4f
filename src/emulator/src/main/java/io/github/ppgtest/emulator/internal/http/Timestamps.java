package io.github.ppgtest.emulator.internal.http;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Dates as the API writes them: ISO 8601 in UTC, always with milliseconds. */
public final class Timestamps {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private Timestamps() {}

  public static String of(Instant instant) {
    return FORMAT.format(instant);
  }
}
