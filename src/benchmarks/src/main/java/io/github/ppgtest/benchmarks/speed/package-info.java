/**
 * What isolation costs: how long test classes and methods wait for a database with a whole schema
 * in it, beside what others do for that.
 */
@NullMarked
package io.github.ppgtest.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
