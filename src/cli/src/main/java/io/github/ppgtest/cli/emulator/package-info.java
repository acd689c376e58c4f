/** The emulator by itself. */
@NullMarked
package io.github.ppgtest.cli.emulator;

import org.jspecify.annotations.NullMarked;
