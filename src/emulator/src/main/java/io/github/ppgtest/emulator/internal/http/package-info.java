/** HTTP on loopback: routing, authentication, requests, answers, errors. */
@NullMarked
package io.github.ppgtest.emulator.internal.http;

import org.jspecify.annotations.NullMarked;
