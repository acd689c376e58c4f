package io.github.ppgtest.benchmarks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Test classes without a database. */
final class EmptyClasses {
  private EmptyClasses() {}

  abstract static class WithoutDatabase {
    @Test
    void readsNothing(TestReporter reporter) {
      FirstRow.wasRead(reporter);
    }
  }

  static final class Class01 extends WithoutDatabase {}

  static final class Class02 extends WithoutDatabase {}

  static final class Class03 extends WithoutDatabase {}

  static final class Class04 extends WithoutDatabase {}

  static final class Class05 extends WithoutDatabase {}

  static final class Class06 extends WithoutDatabase {}

  static final class Class07 extends WithoutDatabase {}

  static final class Class08 extends WithoutDatabase {}

  static final class Class09 extends WithoutDatabase {}

  static final class Class10 extends WithoutDatabase {}
}
