/** The parts of the client: HTTP, retries, JSON and the words of errors. No public API. */
@NullMarked
package io.github.ppgtest.management.internal;

import org.jspecify.annotations.NullMarked;
