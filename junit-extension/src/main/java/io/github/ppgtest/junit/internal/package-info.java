/** How the extension keeps a database for a test class. */
@NullMarked
package io.github.ppgtest.junit.internal;

import org.jspecify.annotations.NullMarked;
