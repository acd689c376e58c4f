package io.github.ppgtest.examples;

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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The workflows, run by a runner of our own against the emulator as the cloud. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "their scripts are bash's")
final class GitHubActionsIT {
  private static final String HEAD = "github.event.pull_request.head.repo.full_name";

  @AutoClose private GitHub github;

  @BeforeEach
  void setUp(@TempDir Path directory) throws IOException {
    github = GitHub.in(directory);
  }

  @Test
  void oidcNeedsNoSecret() throws Exception {
    github.machine().with(github.cloud().oidc());

    WorkflowRun run = github.run("oidc.yml", Map.of());

    assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
    assertThat(github.machine().logged("databases"))
        .singleElement()
        .asString()
        .startsWith("cloud ");
    github.assertThatNothingIsLeft();
  }

  @Test
  void oidcFailsWhereTheJobGetsNoToken() throws Exception {
    WorkflowRun run = github.run("oidc.yml", Map.of());

    assertThat(run.endings()).as(run.output()).containsValue(FAILURE);
    assertThat(github.machine().logged("databases")).isEmpty();
  }

  @Test
  void tokenUsesTheSecret() throws Exception {
    WorkflowRun run =
        github.run("token.yml", Map.of("secrets.PRISMA_SERVICE_TOKEN", github.cloud().token()));

    assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
    assertThat(github.machine().logged("databases"))
        .singleElement()
        .asString()
        .startsWith("cloud ");
    assertThat(run.output()).doesNotContain(github.cloud().token());
    github.assertThatNothingIsLeft();
  }

  @Test
  void tokenFailsWhereTheSecretIsMissing() throws Exception {
    WorkflowRun run = github.run("token.yml", Map.of("secrets.PRISMA_SERVICE_TOKEN", ""));

    assertThat(run.endings()).as(run.output()).containsValue(FAILURE);
    assertThat(github.machine().logged("databases")).isEmpty();
  }

  @Nested
  final class PullRequests {
    private final Map<String, String> fork =
        Map.of("github.repository", "acme/shop", HEAD, "stranger/shop");
    private final Map<String, String> own =
        Map.of("github.repository", "acme/shop", HEAD, "acme/shop");

    @Test
    void ofForksRunOnTheEmulatorAndSaySo() throws Exception {
      WorkflowRun run = github.run("forks.yml", fork);

      assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
      assertThat(github.machine().logged("databases"))
          .singleElement()
          .asString()
          .startsWith("embedded ");
      assertThat(run.summary()).contains("EMBEDDED");
      github.assertThatNothingIsLeft();
    }

    @Test
    void ofTheRepositoryItselfRunInTheCloud() throws Exception {
      github.machine().with(github.cloud().oidc());

      WorkflowRun run = github.run("forks.yml", own);

      assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
      assertThat(github.machine().logged("databases"))
          .singleElement()
          .asString()
          .startsWith("cloud ");
    }

    @Test
    void ofTheRepositoryItselfFailWithoutAToken() throws Exception {
      WorkflowRun run = github.run("forks.yml", own);

      assertThat(run.endings()).as(run.output()).containsValue(FAILURE);
      assertThat(github.machine().logged("databases")).isEmpty();
    }
  }

  @Test
  void shardsTestEachClassOnceAndNameTheirDatabasesByTheirNumber() throws Exception {
    github.machine().with(github.cloud().oidc());
    List<String> classes =
        List.of("A", "B", "C", "D", "E", "F").stream()
            .map(name -> "com/example/" + name + "Test.java")
            .toList();
    for (String name : classes) {
      github.machine().file("shop/src/test/java/" + name, "");
    }
    github.machine().file("shop/src/main/java/com/example/A.java", "").commit();

    WorkflowRun run = github.run("shards.yml", Map.of());

    assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
    assertThat(github.machine().logged("tested")).containsExactlyInAnyOrderElementsOf(classes);
    assertThat(github.machine().logged("databases"))
        .zipSatisfy(
            List.of("1", "2", "3"),
            (line, shard) ->
                assertThat(line)
                    .startsWith("cloud ")
                    .containsPattern("github\\.acme-shop\\.4711\\.1\\." + shard + "(_|$)"));
    github.assertThatNothingIsLeft();
  }

  @Nested
  final class Reaping {
    private static final String DEAD =
        "ppgtest_OrdersTest_20260101T000000Z_20260101T060000Z_fe64425d";

    @BeforeEach
    void leaveSomething() {
      github.machine().with(github.cloud().oidc());
      Project project =
          github.cloud().api().projects().create(CreateProject.named("shop").withoutDatabase());
      github.cloud().api().databases().create(CreateDatabase.inProject(project.id()).named(DEAD));
    }

    @Test
    void deletesAtNightWhatIsDead() throws Exception {
      // Without an input.
      WorkflowRun run = github.run("reap.yml", Map.of("inputs.dry-run", ""));

      assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
      assertThat(github.cloud().names()).containsExactly("shop");
    }

    @Test
    void onlyShowsItWhereThatIsAskedFor() throws Exception {
      WorkflowRun run = github.run("reap.yml", Map.of("inputs.dry-run", "true"));

      assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
      assertThat(run.output()).contains(DEAD);
      assertThat(github.cloud().names()).containsExactlyInAnyOrder("shop", DEAD);
    }
  }
}
