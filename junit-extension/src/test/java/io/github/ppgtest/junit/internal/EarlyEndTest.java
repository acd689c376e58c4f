package io.github.ppgtest.junit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What was made ahead of tests that do not come. */
class EarlyEndTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @AutoClose private final LocalCloud cloud = new LocalCloud();

  @Test
  void isDeletedAndCounted() throws Exception {
    try (ChildJvm jvm = startRun("skip")) {
      List<String> lines = goOnWithFourDatabases(jvm);

      assertThat(jvm.end()).isZero();
      assertThat(lines)
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains(
                          "3 databases were prepared and not needed, as no test came for them:"
                              + " deleted."));
    }
    assertThat(cloud.api().projects().all()).isEmpty();
  }

  @Test
  void isDeletedTooWhereATestEndsTheJvm() throws Exception {
    try (ChildJvm jvm = startRun("exit")) {
      goOnWithFourDatabases(jvm);

      assertThat(jvm.end()).isEqualTo(7);
    }
    assertThat(cloud.api().projects().all()).isEmpty();
  }

  /** Returns what it prints from then on until its end. */
  private List<String> goOnWithFourDatabases(ChildJvm jvm) throws IOException {
    for (String line = jvm.readLine(); !"running".equals(line); line = jvm.readLine()) {
      assertThat(line).as("the line before the test runs").isNotNull();
    }
    await().atMost(PATIENCE).until(() -> cloud.api().databases().all().count() == 4);
    jvm.goOn();
    List<String> lines = new ArrayList<>();
    for (String line = jvm.readLine(); line != null; line = jvm.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  private ChildJvm startRun(String way) throws IOException {
    return cloud.startRun(EarlyEndRun.class, Map.of(), way);
  }
}
