package io.github.ppgtest.junit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ppgtest.emulator.Fault;
import io.github.ppgtest.emulator.InjectedFault;
import io.github.ppgtest.emulator.RequestFault;
import io.github.ppgtest.management.CreateProject;
import io.github.ppgtest.management.Project;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Databases are made ahead; where a plan has none to spare, no class may go without for it. */
class PlanLimitTest {
  private static final RequestFault LIMIT = Fault.planLimitReached().on("POST", "/v1/databases");

  /** A JVM starts slowly where many do at once. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @AutoClose private final LocalCloud cloud = new LocalCloud();

  private ChildJvm startRun(String way) throws IOException {
    return cloud.startRun(LimitedRun.class, Map.of("PPGTEST_AHEAD", "1"), way);
  }

  @Test
  void classesOneAfterTheOtherNeedOneDatabaseOnly() throws Exception {
    InjectedFault provisioning = cloud.faults().inject(Fault.endlessProvisioning());
    InjectedFault polled =
        cloud
            .faults()
            .inject(Fault.latency(Duration.ofNanos(1)).on("GET", "/v1/databases/{databaseId}"));
    try (ChildJvm jvm = startRun("sequential")) {
      // A database with a status request has been created; no other can be from now on.
      await().atMost(PATIENCE).until(() -> polled.count() > 0);
      try (InjectedFault limit = cloud.faults().inject(LIMIT)) {
        provisioning.close();
        assertThat(jvm.readLine()).isEqualTo("prepared");
        assertThat(limit.count()).isEqualTo(1);
        assertThat(cloud.owners()).containsExactly("One");
        jvm.goOn();
        assertThat(jvm.readLine()).isEqualTo("stopped");
        assertThat(cloud.owners()).isEmpty();
      }
      jvm.goOn();
      assertThat(jvm.readLine()).isEqualTo("end");
      jvm.goOn();
      assertThat(jvm.end()).isZero();
    }
    assertThat(cloud.api().projects().all()).isEmpty();
  }

  @Test
  void aClassThatRunsBesideAnotherGetsTheOneThatWasMadeForALaterOne() throws Exception {
    try (ChildJvm jvm = startRun("parallel")) {
      assertThat(jvm.readLine()).isEqualTo("prepared");
      assertThat(cloud.owners()).containsExactly("One", "Two");
      InjectedFault limit = cloud.faults().inject(LIMIT.times(1));
      jvm.goOn();
      assertThat(jvm.readLine()).isEqualTo("three");
      assertThat(limit.count()).isEqualTo(1);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(cloud.owners()).containsExactly("One", "Three"));
      jvm.goOn();
      assertThat(jvm.readLine()).isEqualTo("two");
      assertThat(cloud.owners()).containsExactly("Three", "Two");
      jvm.goOn();
      assertThat(jvm.readLine()).isEqualTo("end");
      jvm.goOn();
      assertThat(jvm.end()).isZero();
    }
    assertThat(cloud.api().projects().all()).isEmpty();
  }

  @Test
  void noDatabaseIsGivenUpAsLongAsSomethingDeadCanMakeWay() throws Exception {
    String dead = "ppgtest_Gone_20200101T000000Z_20200101T060000Z_0f3a9c51";
    try (ChildJvm jvm = startRun("parallel")) {
      assertThat(jvm.readLine()).isEqualTo("prepared");
      cloud.api().projects().create(CreateProject.named(dead).withoutDatabase());
      InjectedFault limit = cloud.faults().inject(LIMIT.times(1));
      jvm.goOn();
      assertThat(jvm.readLine()).isEqualTo("three");
      assertThat(limit.count()).isEqualTo(1);
      assertThat(cloud.owners()).containsExactly("One", "Three", "Two");
      assertThat(cloud.api().projects().all().map(Project::name)).doesNotContain(dead).hasSize(1);
      jvm.goOn();
      assertThat(jvm.readLine()).isEqualTo("two");
      jvm.goOn();
      assertThat(jvm.readLine()).isEqualTo("end");
      jvm.goOn();
      assertThat(jvm.end()).isZero();
    }
    assertThat(cloud.api().projects().all()).isEmpty();
  }
}
