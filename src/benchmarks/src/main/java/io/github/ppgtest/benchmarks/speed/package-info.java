/**
 * The cost of isolation: how long test classes and methods wait for a database with a whole schema
 * in it, beside other libraries.
 */
@NullMarked
package io.github.ppgtest.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
