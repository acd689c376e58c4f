package io.github.ppgtest.emulator.internal.state;

/**
 * The requested part of a list.
 *
 * @param after the place behind which to start; 0 for the beginning
 * @param limit how many at most, at least 1
 */
public record PageRequest(long after, int limit) {}
