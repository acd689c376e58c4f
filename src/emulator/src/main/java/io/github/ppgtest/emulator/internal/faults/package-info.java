/** What can be made to go wrong in an emulator, and how it then does. */
@NullMarked
package io.github.ppgtest.emulator.internal.faults;

import org.jspecify.annotations.NullMarked;
