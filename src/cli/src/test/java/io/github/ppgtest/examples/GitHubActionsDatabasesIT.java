package io.github.ppgtest.examples;

import static io.github.ppgtest.examples.WorkflowRun.Ending.CANCELLED;
import static io.github.ppgtest.examples.WorkflowRun.Ending.FAILURE;
import static io.github.ppgtest.examples.WorkflowRun.Ending.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workflows that make databases by the command, also where they do not come to their end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "their scripts are bash's")
final class GitHubActionsDatabasesIT {
  private static final String SCHEMA = "CREATE TABLE product (name text PRIMARY KEY)";

  @AutoClose private GitHub github;

  @BeforeEach
  void setUp(@TempDir Path directory) throws IOException {
    github = GitHub.in(directory);
  }

  @Nested
  final class OneForAllShards {
    @BeforeEach
    void setUp() throws IOException {
      Needs.program("psql", "a database that jobs share");
      github
          .machine()
          .with(github.cloud().oidc())
          .file("schema.sql", SCHEMA + "; INSERT INTO product VALUES ('tea')");
    }

    @Test
    void isTheSameInEachOfThemAndThenGone() throws Exception {
      WorkflowRun run = github.run("shared.yml", Map.of());

      assertThat(run.endings())
          .as(run.output())
          .isEqualTo(Map.of("create", SUCCESS, "test", SUCCESS, "delete", SUCCESS));
      assertThat(github.machine().logged("products")).containsExactly("tea", "tea");
      Secrets.assertThatNoneIsIn(run.output());
      github.assertThatNothingIsLeft();
    }

    @Test
    void isGoneWhereTheRunIsCancelled() throws Exception {
      github.machine().with(Map.of("CANCELLED", "npm test"));

      WorkflowRun run = github.run("shared.yml", Map.of());

      assertThat(run.endings())
          .as(run.output())
          .containsEntry("test", CANCELLED)
          .containsEntry("delete", SUCCESS);
      github.assertThatNothingIsLeft();
    }
  }

  @Nested
  final class EphemeralDatabase {
    @BeforeEach
    void setUp() throws IOException {
      Needs.program("psql", "a database for steps in other languages");
      github.machine().file("schema.sql", SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isThereForAllStepsAndThenGone(boolean isInTheCloud) throws Exception {
      github.machine().with(isInTheCloud ? github.cloud().oidc() : Map.of());

      WorkflowRun run = github.run("ephemeral.yml", Map.of());

      assertThat(run.endings()).as(run.output()).containsValue(SUCCESS);
      assertThat(github.machine().logged("products")).containsExactly("tea");
      assertThat(run.output()).contains(isInTheCloud ? "cloud" : "embedded");
      Secrets.assertThatNoneIsIn(run.output());
      github.assertThatNothingIsLeft();
    }

    @Test
    void isGoneWhereAStepFails() throws Exception {
      github.machine().with(github.cloud().oidc()).with(Map.of("FAILING", "npm test"));

      assertThat(github.run("ephemeral.yml", Map.of()).endings()).containsValue(FAILURE);

      github.assertThatNothingIsLeft();
    }

    @Test
    void isGoneWhereTheRunIsCancelled() throws Exception {
      github.machine().with(github.cloud().oidc()).with(Map.of("CANCELLED", "npm ci"));

      assertThat(github.run("ephemeral.yml", Map.of()).endings()).containsValue(CANCELLED);

      github.assertThatNothingIsLeft();
    }

    @Test
    void isNotDeletedWhereItWasNeverMade() throws Exception {
      github.machine().with(github.cloud().oidc()).file("schema.sql", "CREATE NONSENSE");

      WorkflowRun run = github.run("ephemeral.yml", Map.of());

      assertThat(run.endings()).containsValue(FAILURE);
      assertThat(run.output()).contains("CREATE NONSENSE").doesNotContain("ppgtest delete");
      github.assertThatNothingIsLeft();
    }
  }
}
