package io.github.ppgtest.emulator.internal.state;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a new database.
 *
 * @param name null for one that is made up
 * @param region null to take the project's
 * @param source the source of its content
 * @param branchId null for the project's only branch
 */
public record NewDatabase(
    @Nullable String name,
    @Nullable Region region,
    boolean isDefault,
    DatabaseSource source,
    @Nullable String branchId,
    @Nullable String logicalId) {}
