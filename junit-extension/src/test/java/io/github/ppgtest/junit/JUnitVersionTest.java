package io.github.ppgtest.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.engine.JupiterTestEngine;

/** These tests prove something about a version of JUnit only if they run on that one. */
class JUnitVersionTest {

  @Test
  void runsOnTheVersionThatTheBuildNames() {
    assertThat(new JupiterTestEngine().getVersion())
        .hasValue(System.getProperty("expected.junit.version"));
  }
}
