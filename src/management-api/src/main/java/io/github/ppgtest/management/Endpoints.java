package io.github.ppgtest.management;

import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a connection. Immutable.
 *
 * @param direct straight to PostgreSQL, the one for tests and migrations; null where not offered
 * @param pooled through a pooler in transaction mode; null where not offered
 * @param accelerate through Prisma Accelerate; null where not offered
 * @since 0.1.0
 */
public record Endpoints(
    @Nullable Endpoint direct, @Nullable Endpoint pooled, @Nullable Endpoint accelerate) {}
