package io.github.ppgtest.management;

import java.time.Duration;
import java.util.Optional;

/**
 * Says that the API failed on its own side (5xx).
 *
 * @since 0.1.0
 */
public final class ServerErrorException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param call the facts
   */
  public ServerErrorException(FailedCall call) {
    super(
        call,
        "The fault is on the API's side: try again later, and look at Prisma's status page if it"
            + " stays.",
        null);
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
