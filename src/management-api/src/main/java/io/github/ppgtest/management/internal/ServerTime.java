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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's clock, set by the Date of its last answer: whether a resource was created since a
 * call began is a question to it, not to this machine's.
 */
final class ServerTime extends Clock {
  private static final Logger log = LoggerFactory.getLogger(ServerTime.class);

  /** A machine that is ten years off accepts no certificate, so it must be the server's clock. */
  private static final Duration FURTHEST = Duration.ofDays(3_650);

  private final Clock clock;
  private volatile Duration ahead = Duration.ZERO;
  private volatile boolean isTold;

  ServerTime(Clock clock) {
    this.clock = clock;
  }

  void learn(HttpHeaders headers) {
    headers
        .firstValue("Date")
        .flatMap(ServerTime::parse)
        .map(date -> Duration.between(clock.instant(), date))
        .ifPresent(this::learn);
  }

  private void learn(Duration difference) {
    if (difference.abs().compareTo(FURTHEST) <= 0) {
      ahead = difference;
    } else if (!isTold) {
      isTold = true;
      log.warn(
          "The Date of the API's answers is {} days from this machine's time, and so is not"
              + " believed: deadlines are told by this machine's clock",
          difference.toDays());
    }
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
