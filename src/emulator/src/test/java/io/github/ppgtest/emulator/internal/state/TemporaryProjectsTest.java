package io.github.ppgtest.emulator.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.emulator.FakeDatabaseEngine;
import io.github.ppgtest.emulator.internal.postgres.StartingEngine;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class TemporaryProjectsTest {
  private final OneDatabase engine = new OneDatabase();

  @AutoClose
  private final EngineWorkers workers = new EngineWorkers(StartingEngine.begin(() -> engine));

  @Test
  void areDeletedWhenTheirTimeIsOverWithoutAnybodyAsking() throws InterruptedException {
    Clock clock = Clock.systemUTC();
    Workspace workspace = new Workspace(new Ids(new Random(1)), clock, "create-db");
    Projects projects =
        new Projects(
            workspace,
            new DatabaseStore(
                workspace,
                workers,
                new Connections(workspace, workers, new Random(2)),
                (provision, fail) -> provision.run()));

    new TemporaryProjects(projects, workers, clock)
        .create(new NewProject("shop", Region.DEFAULT, null, true), Duration.ofMillis(20));

    assertThat(engine.dropped.await(3, TimeUnit.MINUTES)).isTrue();
    assertThat(projects.list(new PageRequest(0, 10), any -> true).items()).isEmpty();
  }

  /** Tells when its database is gone. */
  private static final class OneDatabase extends FakeDatabaseEngine {
    private final CountDownLatch dropped = new CountDownLatch(1);

    @Override
    public void dropDatabase(String database) {
      super.dropDatabase(database);
      dropped.countDown();
    }
  }
}
