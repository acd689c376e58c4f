package io.github.ppgtest.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run of a pipeline, as GitLab's runner does it: the jobs that the rules choose, stage by stage,
 * what they pass on in reports of the kind dotenv, and a clone without what other jobs left there.
 */
final class PipelineRun {
  /** Only what its own variables name is expanded there. */
  private static final String PROJECT = "$CI_PROJECT_DIR";

  private final Pipeline pipeline;
  private final Machine machine;
  private final Map<String, Boolean> conditions;
  private final Map<String, String> passedOn = new LinkedHashMap<>();
  private final Map<String, Integer> endings = new LinkedHashMap<>();
  private final StringBuilder output = new StringBuilder();

  /**
   * Prepares one.
   *
   * @param conditions of rules, as they are written, and whether each is met; another one fails
   */
  PipelineRun(Pipeline pipeline, Machine machine, Map<String, Boolean> conditions) {
    this.pipeline = pipeline;
    this.machine = machine;
    this.conditions = conditions;
  }

  PipelineRun run() throws IOException, InterruptedException {
    for (Map.Entry<String, Yaml> job : pipeline.jobs().entrySet()) {
      Optional<Yaml> rule =
          job.getValue().get("rules").elements().stream().filter(this::isMet).findFirst();
      boolean hasFailed = endings.values().stream().anyMatch(exitCode -> exitCode != 0);
      if (rule.isPresent() && (!hasFailed || rule.get().get("when").textOr("").equals("always"))) {
        run(job.getKey(), job.getValue());
      }
    }
    return this;
  }

  private boolean isMet(Yaml rule) {
    String condition = rule.get("if").text();
    Boolean met = conditions.get(condition);
    if (met == null) {
      throw new AssertionError("Nobody knows whether " + condition);
    }
    return met;
  }

  private void run(String name, Yaml job) throws IOException, InterruptedException {
    int parallel = Integer.parseInt(job.get("parallel").textOr("1"));
    for (int index = 1; index <= parallel; index++) {
      Map<String, String> variables = new LinkedHashMap<>();
      variables.putAll(expanded(pipeline.yaml().get("variables")));
      variables.putAll(expanded(job.get("variables")));
      variables.putAll(passedOn);
      variables.put("GITLAB_CI", "true");
      variables.put("CI_PROJECT_DIR", machine.project().toString());
      variables.put("CI_JOB_NAME", name);
      if (parallel > 1) {
        variables.put("CI_NODE_INDEX", Integer.toString(index));
        variables.put("CI_NODE_TOTAL", Integer.toString(parallel));
      }
      Machine.Outcome outcome =
          machine.run(List.of("bash", "-eo", "pipefail"), Pipeline.script(job), variables);
      output.append(outcome.output());
      endings.merge(name, outcome.exitCode(), Math::max);
      takeReport(job.get("artifacts").get("reports").get("dotenv"));
    }
  }

  private Map<String, String> expanded(Yaml variables) {
    Map<String, String> expanded = variables.variables();
    expanded.replaceAll((key, text) -> text.replace(PROJECT, machine.project().toString()));
    return expanded;
  }

  private void takeReport(Yaml report) throws IOException {
    if (report.exists()) {
      Path file = machine.project().resolve(report.text());
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        int equals = line.indexOf('=');
        passedOn.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
  }

  /** Returns the exit code of each job that was run. */
  Map<String, Integer> endings() {
    return endings;
  }

  /** Returns the values passed to later jobs, and to readers of artifacts. */
  Map<String, String> passedOn() {
    return passedOn;
  }

  String output() {
    return output.toString();
  }
}
