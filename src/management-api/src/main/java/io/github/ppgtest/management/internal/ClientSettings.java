package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.Credentials;
import io.github.ppgtest.management.Delay;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The checked settings of a client.
 *
 * @param service the service of the calls, for messages
 * @param credentials the supplier of the token, or null for a server that asks for none
 * @param baseUrl the API's address, without a slash at its end
 * @param maxRetries how often a call is repeated at most
 * @param connectTimeout how long to wait for a connection
 * @param requestTimeout how long to wait for an answer
 * @param callTimeout when a call begins no further attempt
 * @param backoff how long to wait between attempts
 * @param rateLimitPatience for how long refusals for rate do not count as retries
 * @param clock the source of time
 * @param delay how to wait
 * @param rateLimitListener takes the wait before the repetition after each answer 429
 */
public record ClientSettings(
    Service service,
    @Nullable Credentials credentials,
    URI baseUrl,
    int maxRetries,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration callTimeout,
    Backoff backoff,
    Duration rateLimitPatience,
    Clock clock,
    Delay delay,
    Consumer<Duration> rateLimitListener) {
  @Override
  public String toString() {
    return "ClientSettings[" + baseUrl + "]";
  }
}
