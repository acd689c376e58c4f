package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.Credentials;
import io.github.ppgtest.management.Delay;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The common settings of clients' builders, with their defaults and checks. For one thread. */
public final class ClientOptions {
  private URI baseUrl;
  private int maxRetries = 4;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration requestTimeout = Duration.ofSeconds(30);
  private Duration callTimeout = Duration.ofMinutes(5);
  private Duration backoffBase = Duration.ofMillis(250);
  private Duration backoffCap = Duration.ofSeconds(30);
  private Duration rateLimitPatience = Duration.ZERO;
  private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
  private Clock clock = Clock.systemUTC();
  private Delay delay = Delay.sleeping();
  private Consumer<Duration> rateLimitListener = wait -> {};

  public ClientOptions(String baseUrl) {
    this.baseUrl = URI.create(baseUrl);
  }

  public void baseUrl(URI url) {
    this.baseUrl = BaseUrl.check(url);
  }

  public URI baseUrl() {
    return baseUrl;
  }

  public void maxRetries(int retries) {
    if (retries < 0) {
      throw new IllegalArgumentException("maxRetries must be 0 or more but is " + retries);
    }
    this.maxRetries = retries;
  }

  public void connectTimeout(Duration timeout) {
    this.connectTimeout = positive(timeout, "connectTimeout");
  }

  public void requestTimeout(Duration timeout) {
    this.requestTimeout = positive(timeout, "requestTimeout");
  }

  public void callTimeout(Duration timeout) {
    this.callTimeout = positive(timeout, "callTimeout");
  }

  public void backoff(Duration base, Duration cap) {
    // Checked here, so that the exception's trace has the wrong line.
    Backoff checked = new Backoff(base, cap, random);
    this.backoffBase = checked.base();
    this.backoffCap = checked.cap();
  }

  public void rateLimitPatience(Duration patience) {
    if (patience.isNegative()) {
      throw new IllegalArgumentException(
          "rateLimitPatience must be zero or more but is " + patience);
    }
    this.rateLimitPatience = patience;
  }

  public void clock(Clock source) {
    this.clock = Objects.requireNonNull(source, "clock");
  }

  public void random(RandomGenerator source) {
    this.random = Objects.requireNonNull(source, "random");
  }

  public void delay(Delay waiting) {
    this.delay = Objects.requireNonNull(waiting, "delay");
  }

  public void rateLimitListener(Consumer<Duration> listener) {
    this.rateLimitListener = Objects.requireNonNull(listener, "listener");
  }

  /** Returns the settings of a client of this service. */
  public ClientSettings settings(Service service, @Nullable Credentials credentials) {
    return new ClientSettings(
        service,
        credentials,
        baseUrl,
        maxRetries,
        connectTimeout,
        requestTimeout,
        callTimeout,
        new Backoff(backoffBase, backoffCap, random),
        rateLimitPatience,
        clock,
        delay,
        rateLimitListener);
  }

  private static Duration positive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be more than zero but is " + duration);
    }
    return duration;
  }
}
