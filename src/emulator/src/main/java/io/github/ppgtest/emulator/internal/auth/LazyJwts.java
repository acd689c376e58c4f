package io.github.ppgtest.emulator.internal.auth;

import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Creates the key for the first token. Safe for use by many threads. */
final class LazyJwts {
  private final Clock clock;
  private @Nullable Jwts jwts;

  LazyJwts(Clock clock) {
    this.clock = clock;
  }

  synchronized Jwts get() {
    Jwts made = jwts;
    if (made == null) {
      made = new Jwts(clock);
      jwts = made;
    }
    return made;
  }
}
