package io.github.ppgtest.management;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/**
 * The usage of a database. Immutable.
 *
 * @param start the period's beginning
 * @param end the period's end
 * @param operations how many operations there were in the period
 * @param storageGiB the size of the database, in GiB (2<sup>30</sup> bytes)
 * @param generatedAt when the API measured it
 * @since 0.1.0
 */
public record Usage(
    Instant start, Instant end, long operations, BigDecimal storageGiB, Instant generatedAt) {
  /** Checks the parts. */
  public Usage {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(end, "end");
    if (operations < 0) {
      throw new IllegalArgumentException("operations must be 0 or more but is " + operations);
    }
    Objects.requireNonNull(storageGiB, "storageGiB");
    Objects.requireNonNull(generatedAt, "generatedAt");
  }
}
