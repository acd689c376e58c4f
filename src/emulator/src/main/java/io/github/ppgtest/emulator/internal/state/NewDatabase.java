package io.github.ppgtest.emulator.internal.state;

import org.jspecify.annotations.Nullable;

/**
 * What a database is asked to be.
 *
 * @param name null for one that is made up
 * @param region null to take the project's
 * @param source what it is to hold
 * @param branchId null for the project's only branch
 */
public record NewDatabase(
    @Nullable String name,
    @Nullable Region region,
    boolean isDefault,
    DatabaseSource source,
    @Nullable String branchId,
    @Nullable String logicalId) {}
