package io.github.ppgtest.emulator.internal.state;

import org.jspecify.annotations.Nullable;

/**
 * What a project is asked to be.
 *
 * @param name null for one that is made up
 * @param region where it and its default database are; null leaves the project without
 */
public record NewProject(
    @Nullable String name,
    @Nullable Region region,
    @Nullable String logicalId,
    boolean createDatabase) {}
