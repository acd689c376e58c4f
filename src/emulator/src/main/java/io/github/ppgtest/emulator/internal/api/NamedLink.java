package io.github.ppgtest.emulator.internal.api;

/** How one resource mentions another. */
record NamedLink(String id, String url, String name) {}
