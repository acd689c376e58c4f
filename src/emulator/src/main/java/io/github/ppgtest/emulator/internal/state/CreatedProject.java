package io.github.ppgtest.emulator.internal.state;

import org.jspecify.annotations.Nullable;

/** A created project, with its default database where one was requested. */
public record CreatedProject(Project project, @Nullable Created<DatabaseDetails> database) {}
