package io.github.ppgtest.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** GitHub Actions of our own, which run the workflows, with the emulator as the cloud. */
record GitHub(Cloud cloud, Machine machine) implements AutoCloseable {

  static GitHub in(Path directory) throws IOException {
    Cloud cloud = Cloud.start();
    return new GitHub(
        cloud,
        Machine.in(directory)
            .with(cloud.environment())
            .with(
                Map.of(
                    "GITHUB_REPOSITORY", "acme/shop",
                    "GITHUB_RUN_ID", "4711",
                    "GITHUB_RUN_ATTEMPT", "1",
                    "GITHUB_JOB", "test")));
  }

  /** Runs a workflow to its end; the values are of the expressions that the event decides. */
  WorkflowRun run(String workflow, Map<String, String> values)
      throws IOException, InterruptedException {
    return new WorkflowRun(Examples.workflow(workflow), machine, values).run();
  }

  void assertThatNothingIsLeft() throws IOException {
    assertThat(cloud.names()).isEmpty();
    assertThat(machine.ledgers()).isEmpty();
  }

  @Override
  public void close() {
    cloud.close();
  }
}
