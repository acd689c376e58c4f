package io.github.ppgtest.cli.database;

import io.github.ppgtest.ExistingDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A database as a list shows it.
 *
 * @param region null where it has none
 * @param ageSeconds its age
 * @param from its place: {@code this machine} or {@code the cloud}
 */
record ListedDatabase(
    String id,
    String name,
    String provider,
    @Nullable String region,
    Instant createdAt,
    long ageSeconds,
    Instant until,
    String from) {

  static ListedDatabase of(ExistingDatabase database, Instant now) {
    return new ListedDatabase(
        database.id(),
        database.name(),
        database.provider().name().toLowerCase(Locale.ROOT),
        database.region(),
        database.createdAt(),
        Math.max(0, Duration.between(database.createdAt(), now).toSeconds()),
        database.until(),
        database.isKnownHere() ? "this machine" : "the cloud");
  }

  /** Returns the age in its largest unit, for people. */
  String age() {
    Duration age = Duration.ofSeconds(ageSeconds);
    if (age.toDays() > 0) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + "m" : ageSeconds + "s";
  }
}
