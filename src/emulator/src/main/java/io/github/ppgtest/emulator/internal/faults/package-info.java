/** The faults of an emulator, and their actions. */
@NullMarked
package io.github.ppgtest.emulator.internal.faults;

import org.jspecify.annotations.NullMarked;
