/**
 * How long a test class waits for its database: whole runs {@linkplain
 * io.github.ppgtest.benchmarks.SideBySide side by side} with a peer, and JMH benchmarks of the
 * parts.
 */
@NullMarked
package io.github.ppgtest.benchmarks;

import org.jspecify.annotations.NullMarked;
