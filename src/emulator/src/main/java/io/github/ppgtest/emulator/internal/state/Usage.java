package io.github.ppgtest.emulator.internal.state;

import java.time.Instant;

/**
 * The usage of a database.
 *
 * @param statements executed in the period
 * @param storedBytes taken at the moment of {@code generatedAt}
 */
public record Usage(
    Instant start, Instant end, long statements, long storedBytes, Instant generatedAt) {}
