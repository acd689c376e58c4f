package io.github.ppgtest.management.internal;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the Retry-After header in its two forms, seconds and a date. */
final class RetryAfter {
  // Enough for any wait; more digits would not fit into a long.
  private static final Pattern SECONDS = Pattern.compile("\\d{1,15}");

  /** So that no sum of a moment and a wait is beyond what clocks, dates and sleeps can express. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private RetryAfter() {}

  /** Returns the wait, or a year where it is longer than that. */
  static Duration atMost(Duration wait) {
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  /**
   * Reads the wait; zero for a date that has passed, empty where there is none or it is nonsense.
   */
  static Optional<Duration> read(HttpHeaders headers, Instant now) {
    return headers.firstValue("Retry-After").map(String::strip).flatMap(text -> parse(text, now));
  }

  private static Optional<Duration> parse(String text, Instant now) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(atMost(Duration.ofSeconds(Long.parseLong(text))));
    }
    return ServerTime.parse(text)
        .map(date -> Duration.between(now, date))
        .map(wait -> wait.isNegative() ? Duration.ZERO : atMost(wait));
  }
}
