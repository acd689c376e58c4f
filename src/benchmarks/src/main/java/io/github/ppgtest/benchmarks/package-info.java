/**
 * How long a test class waits for its database: whole runs {@linkplain
 * io.github.ppgtest.benchmarks.SideBySide side by side} with a peer, both with empty databases, and
 * JMH benchmarks of the parts. {@link io.github.ppgtest.benchmarks.speed} has databases with a
 * schema.
 */
@NullMarked
package io.github.ppgtest.benchmarks;

import org.jspecify.annotations.NullMarked;
