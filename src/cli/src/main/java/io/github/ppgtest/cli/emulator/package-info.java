/** The command that runs the emulator. */
@NullMarked
package io.github.ppgtest.cli.emulator;

import org.jspecify.annotations.NullMarked;
