package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.CredentialsException;
import io.github.ppgtest.management.LoginRequiredException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a token a minute before it expires. If that fails, the token is used on, and the renewal
 * tried again a little later. Thread-safe.
 */
public final class EarlyRenewal {
  private static final Logger log = LoggerFactory.getLogger(EarlyRenewal.class);
  private static final Duration EARLY = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Clock clock;
  private volatile Instant notBefore = Instant.MIN;

  /** Creates the renewal of one token after the other. */
  public EarlyRenewal(Clock clock) {
    this.clock = clock;
  }

  private boolean isDue(Instant expiry) {
    return !clock.instant().plus(EARLY).isBefore(expiry);
  }

  /** Returns whether an expiry has passed. */
  public boolean isOver(Instant expiry) {
    return !clock.instant().isBefore(expiry);
  }

  /** Suspends early renewal until a moment. */
  public void postponeUntil(Instant moment) {
    notBefore = moment;
  }

  /** Returns the token, or the renewed one where it is time for it. */
  public String current(String token, Instant expiry, Supplier<String> renewal) {
    if (!isDue(expiry)) {
      return token;
    }
    if (isOver(expiry)) {
      return renewal.get();
    }
    if (clock.instant().isBefore(notBefore)) {
      return token;
    }
    // Beforehand, so that further threads meanwhile do not all wait for a server that is down.
    notBefore = clock.instant().plus(PAUSE);
    try {
      return renewal.get();
    } catch (LoginRequiredException e) {
      throw e;
    } catch (CredentialsException e) {
      log.debug("{} The present token is used until it expires.", e.getMessage());
      return token;
    }
  }

  @Override
  public String toString() {
    return "EarlyRenewal[" + notBefore + "]";
  }
}
