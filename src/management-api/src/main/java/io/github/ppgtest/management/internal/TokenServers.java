package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.Credentials;
import io.github.ppgtest.management.Delay;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Creates clients for a single exchange with a token server. */
final class TokenServers {
  private static final int MOST_RETRIES = 3;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(1);

  private TokenServers() {}

  /**
   * Creates a client, to be closed after the exchange: the next one is an hour away. As for every
   * POST, a request is repeated only where it surely did not arrive, or was answered 429.
   *
   * @param credentials the credentials for the server, or null
   */
  static ApiClient client(URI baseUrl, @Nullable Credentials credentials, Clock clock) {
    return new ApiClient(
        new ClientSettings(
            // Its advice is not shown: callers for a token have better.
            Service.MANAGEMENT_API,
            credentials,
            baseUrl,
            MOST_RETRIES,
            CONNECT_TIMEOUT,
            ANSWER_TIMEOUT,
            CALL_TIMEOUT,
            new Backoff(
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                () -> ThreadLocalRandom.current().nextLong()),
            Duration.ZERO,
            clock,
            Delay.sleeping(),
            wait -> {}));
  }
}
