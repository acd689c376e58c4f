package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Times;
import java.time.Duration;
import java.util.Optional;

/**
 * Says that the API had too many calls (429), also after waiting as often as allowed.
 *
 * @since 0.1.0
 */
public final class RateLimitExceededException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts
   * @param longestWait the longest that the client waits between two attempts
   */
  public RateLimitExceededException(FailedCall call, Duration longestWait) {
    super(call, advice(call, longestWait), null);
  }

  /**
   * Returns how long the API asked to wait before the next call.
   *
   * @return the wait, or empty where the API did not say
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(call().retryAfter());
  }

  private static String advice(FailedCall call, Duration longestWait) {
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
