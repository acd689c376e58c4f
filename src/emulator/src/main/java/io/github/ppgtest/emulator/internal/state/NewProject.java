package io.github.ppgtest.emulator.internal.state;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a new project.
 *
 * @param name null for one that is made up
 * @param region the region of it and of its default database; null for a project without one
 */
public record NewProject(
    @Nullable String name,
    @Nullable Region region,
    @Nullable String logicalId,
    boolean createDatabase) {}
