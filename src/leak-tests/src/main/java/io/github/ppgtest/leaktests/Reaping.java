package io.github.ppgtest.leaktests;

import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
import io.github.ppgtest.ReapReport;
import io.github.ppgtest.management.CreateDatabase;
import io.github.ppgtest.management.CreateProject;
import io.github.ppgtest.management.ManagementApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Two reapers at once, on a machine elsewhere, with something to find. */
final class Reaping {
  private static final String PAST = "20200101T000000Z_20200101T060000Z";

  private final Cloud cloud;
  private final String projectId;

  /**
   * Makes one.
   *
   * @param projectId a project in which others have databases too
   */
  Reaping(Cloud cloud, String projectId) {
    this.cloud = cloud;
    this.projectId = projectId;
  }

  /**
   * Leaves what a machine does that vanishes, and reaps.
   *
   * @return what is not as it is to be: something that was lost and is there still, or another
   *     thing that was deleted or could not be looked at
   */
  List<String> run() {
    Set<String> lost = lose();
    List<CompletableFuture<ReapReport>> reapers =
        List.of(
            CompletableFuture.supplyAsync(() -> fixture().admin().reaper().reap()),
            CompletableFuture.supplyAsync(
                () -> fixture().projectId(projectId).admin().reaper().reap()));
    List<String> wrong = new ArrayList<>();
    for (CompletableFuture<ReapReport> reaper : reapers) {
      ReapReport report = reaper.join();
      report.failed().forEach(item -> wrong.add("a reaper failed at " + item));
      report.deleted().stream()
          .filter(item -> !lost.contains(item.id()) && !lost.contains(item.projectId()))
          .forEach(item -> wrong.add("a reaper deleted " + item));
    }
    lost.stream()
        .filter(cloud.contents().keySet()::contains)
        .forEach(id -> wrong.add("two reapers left " + id));
    return wrong;
  }

  private Set<String> lose() {
    ManagementApi api = cloud.api();
    String name = "ppgtest_Lost_" + PAST + "_%08x";
    String database =
        api.databases()
            .create(CreateDatabase.inProject(projectId).named(name.formatted(random())))
            .id();
    String project =
        api.projects().create(CreateProject.named(name.formatted(random())).withoutDatabase()).id();
    String inside =
        api.databases()
            .create(CreateDatabase.inProject(project).named(name.formatted(random())))
            .id();
    return List.of(database, project, inside).stream().collect(Collectors.toSet());
  }

  private static int random() {
    return ThreadLocalRandom.current().nextInt();
  }

  private PrismaPostgresFixture.Builder fixture() {
    return PrismaPostgresFixture.builder()
        .provider(Provider.CLOUD)
        .apiUrl(cloud.url())
        .serviceToken(cloud.token());
  }
}
