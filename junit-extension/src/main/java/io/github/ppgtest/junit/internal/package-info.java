/** The extension's inner parts: databases of test classes, prefetching, injection. */
@NullMarked
package io.github.ppgtest.junit.internal;

import org.jspecify.annotations.NullMarked;
