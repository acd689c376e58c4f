package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.management.CreateDatabase;
import io.github.ppgtest.management.CreateProject;
import io.github.ppgtest.management.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pipeline, run by a runner of our own against the emulator as the cloud. What jobs pass on,
 * and what they leave in the project, can become an artifact, which people download.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its scripts are bash's")
final class GitLabCiIT {
  private static final String BY_DAY = "$CI_PIPELINE_SOURCE != \"schedule\"";
  private static final String AT_NIGHT = "$CI_PIPELINE_SOURCE == \"schedule\"";
  private static final String IN_THE_CLOUD = "$PRISMA_SERVICE_TOKEN && " + BY_DAY;

  private final Cloud cloud = Cloud.start();
  private Machine machine;

  @BeforeEach
  void setUp(@TempDir Path directory) throws IOException {
    Needs.program("psql", "the pipeline of GitLab CI");
    machine =
        Machine.in(directory)
            .with(cloud.environment())
            .with(
                Map.of("CI_PROJECT_PATH", "acme/shop", "CI_PIPELINE_ID", "4711", "CI_JOB_ID", "1"))
            .file("schema.sql", "CREATE TABLE product (name text PRIMARY KEY)")
            .file("src/test/java/com/example/ATest.java", "")
            .file("src/test/java/com/example/BTest.java", "")
            .script("integration-test.sh", "psql \"$DATABASE_URL\" --command 'TABLE product'");
  }

  @AfterEach
  void tearDown() {
    cloud.close();
  }

  private PipelineRun run(boolean isScheduled) throws Exception {
    Map<String, Boolean> conditions =
        Map.of(
            AT_NIGHT, isScheduled,
            BY_DAY, !isScheduled,
            IN_THE_CLOUD, !isScheduled && machine.has("PRISMA_SERVICE_TOKEN"));
    return new PipelineRun(Pipeline.read(), machine, conditions).run();
  }

  private void assertThatNothingIsLeft() throws Exception {
    assertThat(cloud.names()).isEmpty();
    assertThat(machine.ledgers()).isEmpty();
  }

  @Test
  void runsAllOfItInTheCloudWhereThereIsATokenAndTellsNoSecret() throws Exception {
    machine.with(Map.of("PRISMA_SERVICE_TOKEN", cloud.token()));

    PipelineRun run = run(false);

    assertThat(run.endings())
        .as(run.output())
        .containsOnlyKeys("test", "shards", "one-command", "create", "psql", "node", "delete")
        .allSatisfy((job, exitCode) -> assertThat(exitCode).as(job).isZero());
    assertThat(machine.logged("tested"))
        .containsExactlyInAnyOrder("com/example/ATest.java", "com/example/BTest.java");
    assertThat(machine.logged("databases"))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("cloud "));
    assertThat(machine.logged("products")).containsExactly("tea");
    assertThat(run.passedOn()).containsOnlyKeys("PPGTEST_DATABASE_ID");
    assertThat(run.output()).doesNotContain(cloud.token());
    Secrets.assertThatNoneIsShownIn(run.output());
    assertThat(machine.projectFiles()).isNotEmpty().allSatisfy(Secrets::assertThatNoneIsShownIn);
    assertThatNothingIsLeft();
  }

  @Test
  void runsOnTheEmulatorWhereThereIsNone() throws Exception {
    PipelineRun run = run(false);

    assertThat(run.endings())
        .as(run.output())
        .containsOnlyKeys("test", "shards", "one-command")
        .allSatisfy((job, exitCode) -> assertThat(exitCode).as(job).isZero());
    assertThat(machine.logged("databases"))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("embedded "));
    assertThatNothingIsLeft();
  }

  @Test
  void deletesTheDatabaseWhereAJobFails() throws Exception {
    machine.with(Map.of("PRISMA_SERVICE_TOKEN", cloud.token(), "FAILING", "npm test"));

    PipelineRun run = run(false);

    assertThat(run.endings()).as(run.output()).containsEntry("node", 3).containsEntry("delete", 0);
    assertThatNothingIsLeft();
  }

  @Test
  void deletesNothingWhereNothingWasCreated() throws Exception {
    machine.with(Map.of("PRISMA_SERVICE_TOKEN", cloud.token())).file("schema.sql", "NONSENSE");

    PipelineRun run = run(false);

    assertThat(run.endings())
        .as(run.output())
        .containsEntry("one-command", 1)
        .containsEntry("delete", 0)
        .doesNotContainKey("psql");
    assertThatNothingIsLeft();
  }

  @Test
  void onlyReapsAtNight() throws Exception {
    machine.with(Map.of("PRISMA_SERVICE_TOKEN", cloud.token()));
    Project project = cloud.api().projects().create(CreateProject.named("shop").withoutDatabase());
    cloud
        .api()
        .databases()
        .create(
            CreateDatabase.inProject(project.id())
                .named("ppgtest_OrdersTest_20260101T000000Z_20260101T060000Z_fe64425d"));

    PipelineRun run = run(true);

    assertThat(run.endings()).as(run.output()).isEqualTo(Map.of("reap", 0));
    assertThat(cloud.names()).isEqualTo(List.of("shop"));
  }
}
