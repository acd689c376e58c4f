/** The state of the emulated workspace, and the engine's steps that bring it about. */
@NullMarked
package io.github.ppgtest.emulator.internal.state;

import org.jspecify.annotations.NullMarked;
