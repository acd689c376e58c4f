package io.github.ppgtest.junit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of test classes where there is no token. */
class WithoutTokenTest {
  private static final String REASON =
      "no service token is configured (PRISMA_SERVICE_TOKEN), and ppgtest.without-token is SKIP"
          + " (environment variable PPGTEST_WITHOUT_TOKEN).";

  @TempDir private Path directory;

  private List<String> run(String policy, String way) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("PPGTEST_WITHOUT_TOKEN", policy);
    environment.put("PPGTEST_LEDGER_DIR", directory.resolve("ledgers").toString());
    environment.put("GITHUB_ACTIONS", "true");
    environment.put("GITHUB_STEP_SUMMARY", summary().toString());
    for (String variable :
        List.of(
            "PRISMA_SERVICE_TOKEN",
            "PRISMA_POSTGRES_TOKEN",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            "ACTIONS_ID_TOKEN_REQUEST_URL")) {
      environment.put(variable, "");
    }
    Files.createFile(summary());
    List<String> told = new ArrayList<>();
    try (ChildJvm jvm = ChildJvm.start(TokenlessRun.class, environment, way)) {
      String line = jvm.readLine();
      while (line != null) {
        told.add(line);
        line = jvm.readLine();
      }
      assertThat(jvm.end()).isZero();
    }
    assertThat(told).contains("end");
    return told;
  }

  private Path summary() {
    return directory.resolve("summary.md");
  }

  private String written() throws IOException {
    return Files.readString(summary());
  }

  @Test
  void classesAreSkippedWithTheReasonWhateverTheyTakeAndNothingIsStarted() throws Exception {
    List<String> told = run("skip", "cloud");

    assertThat(told)
        .filteredOn(line -> line.startsWith("skipped "))
        .allSatisfy(line -> assertThat(line).endsWith("Skipped, because " + REASON))
        .extracting(line -> line.replaceAll("^skipped (\\S+\\$)?(\\w+):.*", "$2"))
        .containsExactlyInAnyOrder(
            "PlainTestCases",
            "EachMethodTestCases",
            "OfTheRunTestCases",
            "OneInstanceTestCases",
            "NestedTestCases");
    assertThat(told)
        .filteredOn(line -> line.matches("[A-Z]+ .*"))
        .noneMatch(line -> line.startsWith("FAILED") || line.startsWith("ABORTED"));
    // Of all tests, only the one that wants no database.
    assertThat(told).filteredOn(line -> line.startsWith("SUCCESSFUL takes")).hasSize(1);
    assertThat(told).contains("processes: 0").doesNotContain("instance");
    assertThat(told).filteredOn(line -> line.contains("WARN") && line.contains(REASON)).hasSize(1);
    assertThat(written())
        .contains(
            "No database made, 5 skipped without a token",
            "these were skipped: `",
            "`PlainTestCases`",
            "`NestedTestCases`",
            "`ppgtest.without-token` is SKIP");
  }

  @Test
  void aClassThatHasAnotherProviderRuns() throws Exception {
    List<String> told = run("skip", "embedded");

    assertThat(told).filteredOn(line -> line.startsWith("SUCCESSFUL takes")).hasSize(1);
    assertThat(told).filteredOn(line -> line.startsWith("skipped ")).hasSize(3);
    assertThat(written()).contains("1 database made in", "3 skipped without a token; 1 deleted");
  }

  @Test
  void whereJUnitEvaluatesNoConditionsClassesAreAborted() throws Exception {
    List<String> told = run("skip", "no conditions");

    assertThat(told).noneMatch(line -> line.startsWith("FAILED"));
    assertThat(told)
        .filteredOn(line -> line.startsWith("ABORTED "))
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).endsWith(REASON));
    assertThat(told).contains("processes: 0");
  }

  @Test
  void classesFailOnceAndSayWhatToDoWhereThatIsWanted() throws Exception {
    List<String> told = run("fail", "cloud");

    assertThat(told)
        .filteredOn(line -> line.startsWith("FAILED "))
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("ppgtest.without-token is FAIL", "Make a token in Prisma Console"))
        .anyMatch(line -> line.contains("PlainTestCases"));
    assertThat(told).noneMatch(line -> line.startsWith("skipped ")).contains("processes: 0");
    assertThat(written())
        .contains("No database made", "`PlainTestCases (ConfigurationException)`")
        .contains("`ppgtest.without-token` is FAIL");
  }

  @Test
  void classesRunOnTheEmulatorElseAndTheSummarySaysSo() throws Exception {
    List<String> told = run("", "embedded");

    assertThat(told).noneMatch(line -> line.startsWith("skipped ") || line.startsWith("FAILED"));
    assertThat(written())
        .contains("**No token**: the emulator was used", "`ppgtest.without-token` is EMBEDDED");
  }
}
