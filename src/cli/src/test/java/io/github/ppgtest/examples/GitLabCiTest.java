package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pipeline as it stands there. */
final class GitLabCiTest {
  private final Pipeline pipeline = Pipeline.read();
  private final Map<String, Yaml> jobs = pipeline.jobs();

  @Test
  void hasAJobForEachOfTheStages() {
    assertThat(jobs.values().stream().map(job -> job.get("stage").text()).distinct())
        .containsExactlyElementsOf(pipeline.yaml().get("stages").texts());
    assertThat(pipeline.yaml().get("default").get("timeout").exists()).isTrue();
  }

  @Test
  void runsEachJobByRuleSoThatAScheduleOnlyReaps() {
    jobs.forEach((name, job) -> assertThat(job.get("rules").elements()).as(name).hasSize(1));
    assertThat(jobs.values())
        .filteredOn(
            job -> job.get("rules").elements().get(0).get("if").text().contains("== \"schedule\""))
        .hasSize(1);
  }

  @Test
  void needsOnlyJobsThatThereAre() {
    jobs.values().forEach(job -> assertThat(jobs.keySet()).containsAll(job.get("needs").texts()));
  }

  @Test
  void startsPpgtestAsItWantsToBeStarted() {
    jobs.values().forEach(job -> PpgtestCalls.assertThatAllAreUnderstood(Pipeline.script(job)));
  }

  @Test
  void deletesInEveryCaseWhatItCreates() {
    assertThat(jobs.get("delete").get("rules").elements().get(0).get("when").text())
        .isEqualTo("always");
    assertThat(jobs.get("delete").get("rules").elements().get(0).get("if").text())
        .isEqualTo(jobs.get("create").get("rules").elements().get(0).get("if").text());
    assertThat(Pipeline.script(jobs.get("create"))).contains("--ttl");
  }

  @Test
  void fetchesTheVersionThatIsBuiltHere() {
    assertThat(pipeline.yaml().get("variables").get("PPGTEST").text())
        .isEqualTo("io.github.ppgtest:ppgtest-cli:" + Examples.version());
  }
}
