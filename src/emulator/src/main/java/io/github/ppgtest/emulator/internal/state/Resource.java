package io.github.ppgtest.emulator.internal.state;

/** Something with an id that lists show in the order in which it came. */
public interface Resource {
  String id();

  /** The place in the order of creation; unique among resources of one kind. */
  long sequence();
}
