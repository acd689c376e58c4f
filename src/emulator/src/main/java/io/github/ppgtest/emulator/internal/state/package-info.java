/** What exists in the emulated workspace, and the work that brings it about. */
@NullMarked
package io.github.ppgtest.emulator.internal.state;

import org.jspecify.annotations.NullMarked;
