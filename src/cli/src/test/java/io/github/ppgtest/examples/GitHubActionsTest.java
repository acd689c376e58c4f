package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows as they stand there, and what holds for this repository's own as well. */
final class GitHubActionsTest {
  private static final Expressions ANY =
      new Expressions(Map.of("inputs.dry-run", "true", "matrix.shard", "1"));

  static List<Workflow> workflows() {
    return Examples.workflows();
  }

  static List<Workflow> allWorkflows() {
    return Stream.concat(Examples.workflows().stream(), Examples.ownWorkflows().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("allWorkflows")
  void givesItsJobsNoMoreThanTheyNeed(Workflow workflow) {
    assertThat(workflow.yaml().get("permissions").variables())
        .isNotEmpty()
        .allSatisfy(
            (to, what) ->
                assertThat(Map.of("contents", "read", "id-token", "write"))
                    .containsEntry(to, what));
    workflow.jobs().values().forEach(job -> assertThat(job.get("permissions").exists()).isFalse());
  }

  @ParameterizedTest
  @MethodSource("allWorkflows")
  void endsByItselfAndLeavesThePlaceToTheNext(Workflow workflow) {
    assertThat(workflow.yaml().get("concurrency").get("group").text()).isNotBlank();
    assertThat(workflow.jobs()).isNotEmpty();
    // The jobs of a workflow that a job calls have times of their own.
    workflow
        .jobs()
        .forEach(
            (name, job) ->
                assertThat(job.get("timeout-minutes").texts())
                    .as(name)
                    .hasSize(job.get("uses").exists() ? 0 : 1));
  }

  @ParameterizedTest
  @MethodSource("allWorkflows")
  void handsNoSecretToCodeOfStrangers(Workflow workflow) {
    assertThat(workflow.yaml().get("on").names()).doesNotContain("pull_request_target");
    // What an event or a secret says never becomes part of a script.
    workflow
        .scripts()
        .forEach(script -> assertThatCode(() -> ANY.fill(script)).doesNotThrowAnyException());
    // Only the environment of one step has it.
    assertThat(workflow.yaml().get("env").variables().values()).noneMatch(isSecret());
    workflow
        .jobs()
        .values()
        .forEach(job -> assertThat(job.get("env").variables().values()).noneMatch(isSecret()));
  }

  private static Predicate<String> isSecret() {
    return text -> text.contains("secrets.");
  }

  @ParameterizedTest
  @MethodSource("allWorkflows")
  void keepsNoCredentialsOfGitInTheClone(Workflow workflow) {
    workflow.steps().stream()
        .filter(step -> step.get("uses").textOr("").startsWith("actions/checkout@"))
        .forEach(
            step ->
                assertThat(step.get("with").get("persist-credentials").text()).isEqualTo("false"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void startsPpgtestAsItWantsToBeStarted(Workflow workflow) {
    workflow.scripts().forEach(script -> PpgtestCalls.assertThatAllAreUnderstood(ANY.fill(script)));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void deletesInEveryCaseWhatItCreates(Workflow workflow) {
    if (calls(workflow, "create").isEmpty()) {
      assertThat(calls(workflow, "delete")).isEmpty();
      return;
    }
    assertThat(calls(workflow, "create")).allSatisfy(call -> assertThat(call).contains("--ttl"));
    assertThat(
            workflow.jobs().values().stream()
                .filter(
                    job ->
                        job.get("steps").elements().stream()
                            .anyMatch(step -> deletes(step) && runsAlways(job, step))))
        .hasSize(1);
  }

  private static boolean deletes(Yaml step) {
    return PpgtestCalls.in(step.get("run").textOr("")).stream()
        .anyMatch(call -> call.get(0).equals("delete"));
  }

  /** By a condition of the step, or of a job that has nothing else to do. */
  private static boolean runsAlways(Yaml job, Yaml step) {
    return step.get("if").textOr(job.get("if").textOr("")).contains("always()");
  }

  private static List<List<String>> calls(Workflow workflow, String command) {
    return workflow.scripts().stream()
        .flatMap(script -> PpgtestCalls.in(script).stream())
        .filter(call -> call.get(0).equals(command))
        .toList();
  }

  @Test
  void usesOneVersionOfEachActionAllOfThemGitHubs() {
    Set<String> used =
        Examples.workflows().stream()
            .flatMap(workflow -> workflow.steps().stream())
            .filter(step -> step.get("uses").exists())
            .map(step -> step.get("uses").text())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(used).allMatch(action -> action.matches("actions/[a-z-]+@v\\d+"));
    assertThat(used.stream().map(action -> action.replaceAll("@.*", ""))).doesNotHaveDuplicates();
  }

  @Test
  void fetchesTheVersionThatIsBuiltHere() {
    assertThat(Examples.workflows())
        .filteredOn(workflow -> workflow.yaml().get("env").get("PPGTEST").exists())
        .isNotEmpty()
        .allSatisfy(
            workflow ->
                assertThat(workflow.yaml().get("env").get("PPGTEST").text())
                    .isEqualTo("io.github.ppgtest:ppgtest-cli:" + Examples.version()));
  }

  @Test
  void areAllNamedInTheirReadme() throws IOException {
    String readme = Files.readString(Examples.GITHUB_ACTIONS.resolve("README.md"));
    assertThat(Examples.workflows())
        .isNotEmpty()
        .allSatisfy(workflow -> assertThat(readme).contains("`" + workflow.name() + "`"));
  }
}
