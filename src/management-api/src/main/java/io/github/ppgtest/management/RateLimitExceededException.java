package io.github.ppgtest.management;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.github.ppgtest.management.internal.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the API had too many calls (429), also after waiting as often as allowed.
 *
 * @since 0.1.0
 */
public final class RateLimitExceededException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Instant retryAt;

  /**
   * Creates the exception.
   *
   * @param call the facts
   * @param longestWait the longest that the client waits between two attempts
   * @param now when it was refused
   */
  public RateLimitExceededException(FailedRequest call, Duration longestWait, Instant now) {
    this(call, advice(call, longestWait), retryAt(call, now));
  }

  private RateLimitExceededException(FailedRequest call, String advice, @Nullable Instant retryAt) {
    super(call, advice, null);
    this.retryAt = retryAt;
  }

  /**
   * Creates the exception for a service that takes few creations; its advice is when to try again.
   *
   * @param call the facts
   * @param now when it was refused
   * @return the exception
   */
  public static RateLimitExceededException ofCreations(FailedRequest call, Instant now) {
    Instant retryAt = retryAt(call, now);
    return new RateLimitExceededException(
        call,
        retryAt == null
            ? "It did not say when to come back: try again in a minute or two."
            : "Come back in %s, at %s."
                .formatted(Times.of(Duration.between(now, retryAt)), retryAt.truncatedTo(SECONDS)),
        retryAt);
  }

  private static @Nullable Instant retryAt(FailedRequest call, Instant now) {
    Duration asked = call.retryAfter();
    return asked == null ? null : now.plus(asked);
  }

  /**
   * Returns how long the API asked to wait before the next call.
   *
   * @return the wait, or empty where the API did not say
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(call().retryAfter());
  }

  /**
   * Returns when the API asked to try again, by the client's clock.
   *
   * @return the moment, or empty where the API did not say
   */
  public Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }

  private static String advice(FailedRequest call, Duration longestWait) {
    String sofar =
        call.attempts() == 1
            ? "The client did not back off."
            : "The client backed off " + Times.of(call.attempts() - 1) + ".";
    Duration asked = call.retryAfter();
    if (asked == null) {
      return sofar + " Make fewer calls at once, or try again later.";
    }
    return sofar
        + " The API asks to wait "
        + Times.of(asked)
        + (asked.compareTo(longestWait) > 0
            ? ", which is more than the " + Times.of(longestWait) + " this client waits at most"
            : "")
        + ": try again after that, with fewer calls at once.";
  }
}
