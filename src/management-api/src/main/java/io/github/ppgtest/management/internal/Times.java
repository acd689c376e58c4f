package io.github.ppgtest.management.internal;

import java.time.Duration;

/** Counts and durations in the words of a message. */
public final class Times {
  private Times() {}

  /** Says "once", "twice" or "n times". */
  public static String of(int count) {
    return switch (count) {
      case 1 -> "once";
      case 2 -> "twice";
      default -> count + " times";
    };
  }

  /** Says a duration in seconds, or in milliseconds where it is shorter than a second. */
  public static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis / 1_000.0 + " s";
  }
}
