/** The command {@code ppgtest}: a class for each of its commands. */
@NullMarked
package io.github.ppgtest.cli;

import org.jspecify.annotations.NullMarked;
