/** The endpoints of the Management API, one class per resource, and their answers. */
@NullMarked
package io.github.ppgtest.emulator.internal.api;

import org.jspecify.annotations.NullMarked;
