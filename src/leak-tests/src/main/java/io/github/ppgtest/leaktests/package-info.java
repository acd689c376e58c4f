/**
 * What is left behind when JVMs die: they are killed at random moments while their classes have
 * databases, and what is there afterwards is counted.
 */
@NullMarked
package io.github.ppgtest.leaktests;

import org.jspecify.annotations.NullMarked;
