package io.github.ppgtest.junit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscoveryListenerTest {

  /** The number of processes that looking for tests has started. */
  private static String processesOf(String loader) throws Exception {
    try (ChildJvm jvm =
        ChildJvm.start(
            DiscoveryOnly.class,
            // Without the watchdog, which is one too.
            Map.of("PPGTEST_PROVIDER", "embedded", "PPGTEST_WATCHDOG", "false"),
            loader)) {
      String processes = jvm.readLine();
      assertThat(jvm.end()).isZero();
      return processes;
    }
  }

  @Test
  void startsPostgresWhereTestsAreGoingToRun() throws Exception {
    assertThat(processesOf("own")).isEqualTo("1");
  }

  @Test
  void startsNothingInABuildToolThatOnlyLooksForTests() throws Exception {
    assertThat(processesOf("another")).isEqualTo("0");
  }
}
