/** Prisma Postgres on this machine: the Management API over HTTP, and the databases behind it. */
@NullMarked
package io.github.ppgtest.emulator;

import org.jspecify.annotations.NullMarked;
