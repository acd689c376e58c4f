package io.github.ppgtest.management.internal;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Knows what time it is at the server, from the Date of its last answer: whether a resource was
 * created since a call began is a question to the server's clock, not to this machine's.
 */
final class ServerTime extends Clock {
  private final Clock clock;
  private volatile Duration ahead = Duration.ZERO;

  ServerTime(Clock clock) {
    this.clock = clock;
  }

  void learn(HttpHeaders headers) {
    headers
        .firstValue("Date")
        .flatMap(ServerTime::parse)
        .ifPresent(date -> ahead = Duration.between(clock.instant(), date));
  }

  /** This machine's time, for {@link #at}. */
  Instant local() {
    return clock.instant();
  }

  /** The server's time at a moment of this machine's. */
  Instant at(Instant local) {
    return local.plus(ahead);
  }

  @Override
  public Instant instant() {
    return at(local());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("moments have no zone");
  }

  /** Reads the date of an HTTP header; empty where it is none. */
  static Optional<Instant> parse(String httpDate) {
    try {
      return Optional.of(
          ZonedDateTime.parse(httpDate.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
