package io.github.ppgtest.emulator.internal.state;

import org.jspecify.annotations.Nullable;

/** A project just created, with its default database where one was wanted. */
public record CreatedProject(Project project, @Nullable Created<DatabaseDetails> database) {}
