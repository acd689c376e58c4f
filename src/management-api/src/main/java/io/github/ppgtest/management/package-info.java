/**
 * Prisma's Management API in Java; {@link io.github.ppgtest.management.ManagementApi} is the entry
 * point.
 */
@NullMarked
package io.github.ppgtest.management;

import org.jspecify.annotations.NullMarked;
