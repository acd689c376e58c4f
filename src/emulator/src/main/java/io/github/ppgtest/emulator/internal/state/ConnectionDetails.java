package io.github.ppgtest.emulator.internal.state;

/** A connection and its database, as both were at one moment. */
public record ConnectionDetails(Connection connection, Database database) {}
