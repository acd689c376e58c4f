package io.github.ppgtest.emulator.internal.state;

/**
 * Something just created, with the login made along with it.
 *
 * @param login shown in the creating answer and never again
 */
public record Created<T>(T resource, Credentials login) {}
