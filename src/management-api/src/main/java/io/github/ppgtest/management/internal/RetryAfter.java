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

  private RetryAfter() {}

  /**
   * Reads the wait; zero for a date that has passed, empty where there is none or it is nonsense.
   */
  static Optional<Duration> read(HttpHeaders headers, Instant now) {
    return headers.firstValue("Retry-After").map(String::strip).flatMap(text -> parse(text, now));
  }

  private static Optional<Duration> parse(String text, Instant now) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    return ServerTime.parse(text)
        .map(date -> Duration.between(now, date))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }
}
