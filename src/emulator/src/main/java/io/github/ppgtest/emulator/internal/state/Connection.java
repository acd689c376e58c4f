package io.github.ppgtest.emulator.internal.state;

import java.time.Instant;

/**
 * A connection of a database: a login of its own.
 *
 * @param username the role of the login; its password is not kept
 */
public record Connection(
    long sequence, String id, String name, Instant createdAt, String databaseId, String username)
    implements Resource {}
