package io.github.ppgtest.examples;

import static io.github.ppgtest.examples.WorkflowRun.Ending.CANCELLED;
import static io.github.ppgtest.examples.WorkflowRun.Ending.FAILURE;
import static io.github.ppgtest.examples.WorkflowRun.Ending.SUCCESS;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workflows, run by a runner of our own against the emulator as the cloud. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "their scripts are bash's")
final class GitHubActionsIT {
  private static final String SCHEMA = "CREATE TABLE product (name text PRIMARY KEY)";
  private static final String HEAD = "github.event.pull_request.head.repo.full_name";

  private final Cloud cloud = Cloud.start();
  private Machine machine;

  @BeforeEach
  void setUp(@TempDir Path directory) throws IOException {
    machine =
        Machine.in(directory)
            .with(cloud.environment())
            .with(
                Map.of(
                    "GITHUB_REPOSITORY", "acme/shop",
                    "GITHUB_RUN_ID", "4711",
                    "GITHUB_RUN_ATTEMPT", "1",
                    "GITHUB_JOB", "test"));
  }

  @AfterEach
  void tearDown() {
    cloud.close();
  }

  private WorkflowRun run(String workflow, Map<String, String> values) throws Exception {
    return new WorkflowRun(Examples.workflow(workflow), machine, values).run();
  }

  private void assertThatNothingIsLeft() throws Exception {
    assertThat(cloud.names()).isEmpty();
    assertThat(machine.ledgers()).isEmpty();
  }

  @Test
  void oidcNeedsNoSecret() throws Exception {
    machine.with(cloud.oidc());

    WorkflowRun run = run("oidc.yml", Map.of());

    assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
    assertThat(machine.logged("databases")).singleElement().asString().startsWith("cloud ");
    assertThatNothingIsLeft();
  }

  @Test
  void oidcFailsWhereTheJobGetsNoToken() throws Exception {
    WorkflowRun run = run("oidc.yml", Map.of());

    assertThat(run.endings()).as(run.output()).containsValue(FAILURE);
    assertThat(machine.logged("databases")).isEmpty();
  }

  @Test
  void tokenUsesTheSecret() throws Exception {
    WorkflowRun run = run("token.yml", Map.of("secrets.PRISMA_SERVICE_TOKEN", cloud.token()));

    assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
    assertThat(machine.logged("databases")).singleElement().asString().startsWith("cloud ");
    assertThat(run.output()).doesNotContain(cloud.token());
    assertThatNothingIsLeft();
  }

  @Test
  void tokenFailsWhereTheSecretIsMissing() throws Exception {
    WorkflowRun run = run("token.yml", Map.of("secrets.PRISMA_SERVICE_TOKEN", ""));

    assertThat(run.endings()).as(run.output()).containsValue(FAILURE);
    assertThat(machine.logged("databases")).isEmpty();
  }

  @Nested
  final class PullRequests {
    private final Map<String, String> fork =
        Map.of("github.repository", "acme/shop", HEAD, "stranger/shop");
    private final Map<String, String> own =
        Map.of("github.repository", "acme/shop", HEAD, "acme/shop");

    @Test
    void ofForksRunOnTheEmulatorAndSaySo() throws Exception {
      WorkflowRun run = run("forks.yml", fork);

      assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
      assertThat(machine.logged("databases")).singleElement().asString().startsWith("embedded ");
      assertThat(run.summary()).contains("EMBEDDED");
      assertThatNothingIsLeft();
    }

    @Test
    void ofTheRepositoryItselfRunInTheCloud() throws Exception {
      machine.with(cloud.oidc());

      WorkflowRun run = run("forks.yml", own);

      assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
      assertThat(machine.logged("databases")).singleElement().asString().startsWith("cloud ");
    }

    @Test
    void ofTheRepositoryItselfFailWithoutAToken() throws Exception {
      WorkflowRun run = run("forks.yml", own);

      assertThat(run.endings()).as(run.output()).containsValue(FAILURE);
      assertThat(machine.logged("databases")).isEmpty();
    }
  }

  @Test
  void shardsTestEachClassOnceAndNameTheirDatabasesByTheirNumber() throws Exception {
    machine.with(cloud.oidc());
    List<String> classes =
        List.of("A", "B", "C", "D", "E", "F").stream()
            .map(name -> "com/example/" + name + "Test.java")
            .toList();
    for (String name : classes) {
      machine.file("shop/src/test/java/" + name, "");
    }
    machine.file("shop/src/main/java/com/example/A.java", "").commit();

    WorkflowRun run = run("shards.yml", Map.of());

    assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
    assertThat(machine.logged("tested")).containsExactlyInAnyOrderElementsOf(classes);
    assertThat(machine.logged("databases"))
        .zipSatisfy(
            List.of("1", "2", "3"),
            (line, shard) ->
                assertThat(line)
                    .startsWith("cloud ")
                    .containsPattern("github\\.acme-shop\\.4711\\.1\\." + shard + "(_|$)"));
    assertThatNothingIsLeft();
  }

  @Nested
  final class OneForAllShards {
    @BeforeEach
    void setUp() throws IOException {
      Needs.psql("a database that jobs share");
      machine
          .with(cloud.oidc())
          .file("schema.sql", SCHEMA + "; INSERT INTO product VALUES ('tea')");
    }

    @Test
    void isTheSameInEachOfThemAndThenGone() throws Exception {
      WorkflowRun run = run("shared.yml", Map.of());

      assertThat(run.endings())
          .as(run.output())
          .isEqualTo(Map.of("create", SUCCESS, "test", SUCCESS, "delete", SUCCESS));
      assertThat(machine.logged("products")).containsExactly("tea", "tea");
      Secrets.assertThatNoneIsIn(run.output());
      assertThatNothingIsLeft();
    }

    @Test
    void isGoneWhereTheRunIsCancelled() throws Exception {
      machine.with(Map.of("CANCELLED", "npm test"));

      WorkflowRun run = run("shared.yml", Map.of());

      assertThat(run.endings())
          .as(run.output())
          .containsEntry("test", CANCELLED)
          .containsEntry("delete", SUCCESS);
      assertThatNothingIsLeft();
    }
  }

  @Nested
  final class EphemeralDatabase {
    @BeforeEach
    void setUp() throws IOException {
      Needs.psql("a database for steps in other languages");
      machine.file("schema.sql", SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isThereForAllStepsAndThenGone(boolean isInTheCloud) throws Exception {
      machine.with(isInTheCloud ? cloud.oidc() : Map.of());

      WorkflowRun run = run("ephemeral.yml", Map.of());

      assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
      assertThat(machine.logged("products")).containsExactly("tea");
      assertThat(run.output()).contains(isInTheCloud ? "cloud" : "embedded");
      Secrets.assertThatNoneIsIn(run.output());
      assertThatNothingIsLeft();
    }

    @Test
    void isGoneWhereAStepFails() throws Exception {
      machine.with(cloud.oidc()).with(Map.of("FAILING", "npm test"));

      assertThat(run("ephemeral.yml", Map.of()).endings()).containsValue(FAILURE);

      assertThatNothingIsLeft();
    }

    @Test
    void isGoneWhereTheRunIsCancelled() throws Exception {
      machine.with(cloud.oidc()).with(Map.of("CANCELLED", "npm ci"));

      assertThat(run("ephemeral.yml", Map.of()).endings()).containsValue(CANCELLED);

      assertThatNothingIsLeft();
    }

    @Test
    void isNotDeletedWhereItWasNeverMade() throws Exception {
      machine.with(cloud.oidc()).file("schema.sql", "CREATE NONSENSE");

      WorkflowRun run = run("ephemeral.yml", Map.of());

      assertThat(run.endings()).containsValue(FAILURE);
      assertThat(run.output()).contains("CREATE NONSENSE").doesNotContain("ppgtest delete");
      assertThatNothingIsLeft();
    }
  }

  @Nested
  final class Reaping {
    private static final String DEAD =
        "ppgtest_OrdersTest_20260101T000000Z_20260101T060000Z_fe64425d";

    @BeforeEach
    void leaveSomething() {
      machine.with(cloud.oidc());
      Project project =
          cloud.api().projects().create(CreateProject.named("shop").withoutDatabase());
      cloud.api().databases().create(CreateDatabase.inProject(project.id()).named(DEAD));
    }

    @Test
    void deletesAtNightWhatIsDead() throws Exception {
      // Nobody has made an input then.
      WorkflowRun run = run("reap.yml", Map.of("inputs.dry-run", ""));

      assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
      assertThat(cloud.names()).containsExactly("shop");
    }

    @Test
    void onlyShowsItWhereThatIsAskedFor() throws Exception {
      WorkflowRun run = run("reap.yml", Map.of("inputs.dry-run", "true"));

      assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
      assertThat(run.output()).contains(DEAD);
      assertThat(cloud.names()).containsExactlyInAnyOrder("shop", DEAD);
    }
  }
}
