package io.github.ppgtest.junit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which classes keep their database, in runs that end before it is looked at. */
class KeepOnFailureTest {
  @TempDir private Path state;

  @AutoClose private final LocalCloud cloud = new LocalCloud();

  @ParameterizedTest
  @ValueSource(strings = {"engine", "launcher"})
  void databasesOfFailedClassesAreLeftThatAskForIt(String means) throws Exception {
    run(means, Map.of());

    List<String> expected = kept();
    if (means.equals("launcher")) {
      expected.add(FailingRun.KEPT_WITH_A_LAUNCHER);
    }
    assertThat(cloud.owners()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void aPropertyAsksForAll() throws Exception {
    run("engine", Map.of("PPGTEST_KEEP_ON_FAILURE", "true"));

    assertThat(cloud.owners()).contains(FailingRun.NOT_ASKED_FOR, "TestF").doesNotContain("Passes");
  }

  @Test
  void whatTheClassAsksForIsStrongerThanTheProperty() throws Exception {
    run("engine", Map.of("PPGTEST_KEEP_ON_FAILURE", "false"));

    assertThat(cloud.owners()).containsExactlyInAnyOrderElementsOf(kept());
  }

  private static List<String> kept() {
    List<String> kept = new ArrayList<>(FailingRun.KEPT);
    kept.addAll(Collections.nCopies(FailingRun.FAILED_METHODS, FailingRun.METHODS));
    kept.add(FailingRun.SHARED);
    return kept;
  }

  private void run(String means, Map<String, String> settings) throws Exception {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("PPGTEST_LEDGER_DIR", state.resolve("ledgers").toString());
    try (ChildJvm jvm = cloud.startRun(FailingRun.class, environment, means)) {
      assertThat(jvm.readLine()).isNull();
      assertThat(jvm.end()).isZero();
    }
  }
}
