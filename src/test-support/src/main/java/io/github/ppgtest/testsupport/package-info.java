/** Services that misbehave, for tests of every module. */
@NullMarked
package io.github.ppgtest.testsupport;

import org.jspecify.annotations.NullMarked;
