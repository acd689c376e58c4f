package io.github.ppgtest.emulator.internal.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a server: its limits, and the places of its files.
 *
 * @param connectionLimit connections at most to each database, at least 1
 * @param queryTimeout after which a statement is cancelled, in whole milliseconds, more than 0
 * @param transactionTimeout after which a transaction's session is ended, likewise
 * @param cacheDirectory the cache of this machine; null for the user's cache directory
 * @param dataDirectory where databases are stored; null for memory where there is room, else the
 *     temporary directory
 * @param postgresHome an installed PostgreSQL to use ({@code bin}, {@code lib}, {@code share});
 *     null for the one on the class path
 */
public record PostgresSettings(
    int connectionLimit,
    Duration queryTimeout,
    Duration transactionTimeout,
    @Nullable Path cacheDirectory,
    @Nullable Path dataDirectory,
    @Nullable Path postgresHome) {

  public PostgresSettings {
    if (connectionLimit < 1) {
      throw new IllegalArgumentException(
          "The connection limit is " + connectionLimit + "; it must be at least 1.");
    }
    requireMillisecond("query timeout", queryTimeout);
    requireMillisecond("transaction timeout", transactionTimeout);
  }

  private static void requireMillisecond(String what, Duration timeout) {
    Objects.requireNonNull(timeout, what);
    if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "The " + what + " is " + timeout + "; it must be between 1 ms and 24 days.");
    }
  }
}
