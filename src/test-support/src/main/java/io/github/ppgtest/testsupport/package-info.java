/** Services that misbehave, commands of child JVMs, temporary files: for tests of every module. */
@NullMarked
package io.github.ppgtest.testsupport;

import org.jspecify.annotations.NullMarked;
