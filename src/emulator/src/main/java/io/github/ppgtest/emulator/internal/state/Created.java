package io.github.ppgtest.emulator.internal.state;

/**
 * A created resource with its login.
 *
 * @param login shown in the creating answer and never again
 */
public record Created<T>(T resource, Credentials login) {}
