package io.github.ppgtest.management;

import java.time.Duration;
import java.util.Optional;

/**
 * Thrown when the API failed on its own side (5xx).
 *
 * @since 0.1.0
 */
public final class ServerErrorException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts
   * @param advice what to do next, in whole sentences
   */
  public ServerErrorException(FailedRequest call, String advice) {
    super(call, advice, null);
  }

  /**
   * Returns how long the API asked to wait before the next call.
   *
   * @return the wait, or empty where the API did not say
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(call().retryAfter());
  }
}
