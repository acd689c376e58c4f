package io.github.ppgtest.leaktests;

import io.github.ppgtest.Provider;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The phases of a database's way, and by what they are known from outside. */
enum Phase {
  CHOOSE("LEAKS started", 1, 400),
  LEDGER("Provider ", 1, 40),
  PROVISION("API POST /v1/", 3, 20, "LEAKS class begins", 3, 20),
  READY("API GET /v1/databases/", 3, 30, "Provider ", 1, 500),
  SCHEMA("LEAKS class begins VictimClasses$Scripted", 1, 250),
  CONNECT("LEAKS test begins", 4, 10),
  TEST("LEAKS test runs", 4, 40),
  RELEASE("API DELETE /v1/databases/", 3, 20, "LEAKS test ended", 3, 30),
  END("LEAKS all ended", 1, 150);

  private record Sight(String seen, int occurrences, int millis) {
    Moment draw(RandomGenerator random) {
      return new Moment(
          seen,
          1 + random.nextInt(occurrences),
          Duration.ofNanos(random.nextLong(Duration.ofMillis(millis).toNanos())));
    }
  }

  private final Sight inTheCloud;
  private final Sight onThisMachine;

  Phase(String seen, int occurrences, int millis) {
    this(seen, occurrences, millis, seen, occurrences, millis);
  }

  Phase(
      String seen, int occurrences, int millis, String here, int occurrencesHere, int millisHere) {
    this.inTheCloud = new Sight(seen, occurrences, millis);
    this.onThisMachine = new Sight(here, occurrencesHere, millisHere);
  }

  boolean isBefore(Phase other) {
    return compareTo(other) < 0;
  }

  /** Draws a moment in it. */
  Moment moment(Provider provider, RandomGenerator random) {
    return (provider == Provider.CLOUD ? inTheCloud : onThisMachine).draw(random);
  }
}
