/** Prisma Postgres databases for JUnit test classes. */
@NullMarked
package io.github.ppgtest.junit;

import org.jspecify.annotations.NullMarked;
