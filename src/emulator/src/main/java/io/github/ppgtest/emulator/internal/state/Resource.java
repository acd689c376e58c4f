package io.github.ppgtest.emulator.internal.state;

/** A resource with an id, which lists show in the order of creation. */
public interface Resource {
  String id();

  /** The place in the order of creation; unique among resources of one kind. */
  long sequence();
}
