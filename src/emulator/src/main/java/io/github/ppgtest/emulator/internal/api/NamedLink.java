package io.github.ppgtest.emulator.internal.api;

/** A reference from one resource to another. */
record NamedLink(String id, String url, String name) {}
