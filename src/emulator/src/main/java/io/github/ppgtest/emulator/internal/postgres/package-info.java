/** The PostgreSQL behind the emulator: binaries, cluster, process, databases, roles. */
@NullMarked
package io.github.ppgtest.emulator.internal.postgres;

import org.jspecify.annotations.NullMarked;
