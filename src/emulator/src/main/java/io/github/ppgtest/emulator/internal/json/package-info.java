/** JSON in and out. */
@NullMarked
package io.github.ppgtest.emulator.internal.json;

import org.jspecify.annotations.NullMarked;
