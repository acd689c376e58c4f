package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The workflows of this repository, as far as they can be checked without GitHub. {@link
 * GitHubActionsTest} has what holds for those of the examples too.
 */
final class OwnWorkflowsTest {
  private static final Path FOLDER = Examples.ROOT.resolve(".github/workflows");

  /** An action of GitHub's with its commit, and behind it the version. */
  private static final Pattern PINNED =
      Pattern.compile("uses: (actions/[a-z-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+)\n");

  static List<Workflow> workflows() {
    return Examples.ownWorkflows();
  }

  @Test
  void runWhatCiRuns() {
    assertThat(Examples.ROOT.resolve(".ci/run")).isExecutable();
    assertThat(Workflow.read(FOLDER.resolve("build.yml")).scripts())
        .anyMatch(script -> script.strip().endsWith("/.ci/run"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void haveScriptsThatBashUnderstands(Workflow workflow) throws IOException, InterruptedException {
    for (String script : workflow.scripts()) {
      Process bash =
          new ProcessBuilder("bash", "-n", "-c", script).redirectErrorStream(true).start();
      String errors = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(bash.waitFor()).as("%s: %s", script, errors).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void knowNoSecret(Workflow workflow) throws IOException {
    assertThat(text(workflow).replace("secrets.GITHUB_TOKEN", "")).doesNotContain("secrets");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void callWorkflowsThatCanBeCalled(Workflow workflow) {
    workflow.jobs().values().stream()
        .filter(job -> job.get("uses").exists())
        .map(job -> Examples.ROOT.resolve(job.get("uses").text()).normalize())
        .forEach(
            called ->
                assertThat(Workflow.read(called).yaml().get("on").names())
                    .as("%s", called)
                    .contains("workflow_call"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void uploadWhatModulesBuild(Workflow workflow) {
    List<String> paths =
        workflow.steps().stream()
            .filter(step -> step.get("uses").textOr("").startsWith("actions/upload-artifact@"))
            .flatMap(step -> step.get("with").get("path").text().lines())
            .toList();
    assertThat(paths)
        .isNotEmpty()
        .allSatisfy(
            path -> {
              // Of a copy, or of any module.
              String module = path.replaceFirst("^/srv/ppgtest/", "").replaceFirst("^\\*\\*/", "");
              assertThat(module).contains("target/");
              assertThat(Examples.ROOT.resolve(module.replaceFirst("target/.*", "pom.xml")))
                  .isRegularFile();
            });
  }

  /** A tag can be moved to other code; a commit cannot. */
  @Test
  void pinActionsByCommitAndUseTheVersionsOfTheExamples() throws IOException {
    Set<String> pinned = new TreeSet<>();
    for (Workflow workflow : workflows()) {
      List<String> found =
          PINNED.matcher(text(workflow)).results().map(action -> action.group(1)).toList();
      assertThat(found).hasSize(actions(workflow).toList().size());
      pinned.addAll(found);
    }
    assertThat(pinned.stream().map(action -> action.replaceAll("@.*", "")))
        .contains("actions/checkout")
        .doesNotHaveDuplicates();
    Set<String> shown =
        Examples.workflows().stream()
            .flatMap(OwnWorkflowsTest::actions)
            .collect(Collectors.toSet());
    assertThat(pinned)
        // No example needs it.
        .filteredOn(action -> !action.startsWith("actions/upload-artifact@"))
        .allSatisfy(
            action -> assertThat(shown).contains(action.replaceFirst("@.*# (v\\d+)\\..*", "@$1")));
  }

  private static Stream<String> actions(Workflow workflow) {
    return workflow.steps().stream()
        .filter(step -> step.get("uses").exists())
        .map(step -> step.get("uses").text());
  }

  private static String text(Workflow workflow) throws IOException {
    return Files.readString(FOLDER.resolve(workflow.name()));
  }
}
