package io.github.ppgtest.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of a workflow, as GitHub's runner does it: jobs in the order of their needs, each element
 * of a matrix, the scripts of the steps, files for variables, outputs and the summary. Actions are
 * left out.
 */
final class WorkflowRun {
  /** What becomes of a job. */
  enum Ending {
    SUCCESS,
    FAILURE,
    CANCELLED
  }

  /** What bash ends with when Ctrl-C has ended a command. */
  private static final int INTERRUPTED = 130;

  private final Workflow workflow;
  private final Machine machine;
  private final Map<String, String> values;
  private final StringBuilder output = new StringBuilder();
  private final Map<String, Ending> endings = new LinkedHashMap<>();
  private final Path summary;

  /**
   * Prepares one.
   *
   * @param values of the expressions that the event decides
   */
  WorkflowRun(Workflow workflow, Machine machine, Map<String, String> values) throws IOException {
    this.workflow = workflow;
    this.machine = machine;
    this.values = new HashMap<>(values);
    this.values.put("always()", "true");
    this.summary = Files.createFile(machine.temporary().resolve("summary.md"));
  }

  WorkflowRun run() throws IOException, InterruptedException {
    for (String name : workflow.order()) {
      Yaml job = workflow.jobs().get(name);
      if (!endings.values().stream().allMatch(Ending.SUCCESS::equals)
          && !job.get("if").textOr("").contains("always()")) {
        continue;
      }
      if (job.get("if").exists() && !new Expressions(values).isMet(job.get("if").text())) {
        continue;
      }
      for (Map<String, String> element : matrix(job)) {
        Map<String, String> known = new HashMap<>(values);
        known.putAll(element);
        new Job(name, job, known).run();
      }
    }
    return this;
  }

  /** Of a matrix with one dimension at most. */
  private static List<Map<String, String>> matrix(Yaml job) {
    List<Map<String, String>> elements = new ArrayList<>();
    job.get("strategy")
        .get("matrix")
        .entries()
        .forEach(
            (key, all) ->
                all.texts().forEach(value -> elements.add(Map.of("matrix." + key, value))));
    return elements.isEmpty() ? List.of(Map.of()) : elements;
  }

  /** Returns the ending of each job that was run. */
  Map<String, Ending> endings() {
    return endings;
  }

  String output() {
    return output.toString();
  }

  String summary() throws IOException {
    return Files.readString(summary);
  }

  /** One job on its way. */
  private final class Job {
    private final String name;
    private final Yaml yaml;
    private final Map<String, String> known;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final RunnerFiles files = new RunnerFiles(machine.temporary());
    private Ending ending = Ending.SUCCESS;

    Job(String name, Yaml yaml, Map<String, String> known) throws IOException {
      this.name = name;
      this.yaml = yaml;
      this.known = known;
      variables.putAll(filled(workflow.yaml().get("env")));
      variables.putAll(filled(yaml.get("env")));
      // What no step has set is empty.
      known.putIfAbsent("env.PPGTEST_DATABASE_ID", "");
    }

    void run() throws IOException, InterruptedException {
      for (Yaml step : yaml.get("steps").elements()) {
        if (step.get("run").exists() && isToRun(step)) {
          run(step);
        }
      }
      yaml.get("outputs").variables().forEach(this::passOn);
      endings.merge(name, ending, (one, other) -> one == Ending.SUCCESS ? other : one);
    }

    /** What the job did not come to is empty for the others. */
    private void passOn(String output, String expression) {
      if (ending != Ending.SUCCESS) {
        known.putIfAbsent(expression.replaceAll("^\\$\\{\\{ | }}$", ""), "");
      }
      values.put(
          "needs.%s.outputs.%s".formatted(name, output), new Expressions(known).fill(expression));
    }

    private boolean isToRun(Yaml step) {
      String condition = step.get("if").textOr("");
      if (ending != Ending.SUCCESS && !condition.contains("always()")) {
        return false;
      }
      return condition.isEmpty() || new Expressions(known).isMet(condition);
    }

    private void run(Yaml step) throws IOException, InterruptedException {
      Map<String, String> environment = new LinkedHashMap<>(variables);
      environment.putAll(filled(step.get("env")));
      environment.putAll(files.variables());
      environment.put("GITHUB_ACTIONS", "true");
      environment.put("GITHUB_WORKSPACE", machine.project().toString());
      environment.put("GITHUB_STEP_SUMMARY", summary.toString());
      environment.put("RUNNER_TEMP", machine.temporary().toString());
      Machine.Outcome outcome =
          machine.run(
              List.of("bash", "-e"),
              new Expressions(known).fill(step.get("run").text()),
              environment);
      output.append(outcome.output());
      if (outcome.exitCode() != 0 && ending == Ending.SUCCESS) {
        ending = outcome.exitCode() == INTERRUPTED ? Ending.CANCELLED : Ending.FAILURE;
      }
      files
          .takeEnvironment()
          .forEach(
              (variable, value) -> {
                variables.put(variable, value);
                known.put("env." + variable, value);
              });
      String id = step.get("id").textOr("");
      files
          .takeOutputs()
          .forEach((key, value) -> known.put("steps.%s.outputs.%s".formatted(id, key), value));
    }

    private Map<String, String> filled(Yaml environment) {
      Map<String, String> filled = new LinkedHashMap<>();
      environment
          .variables()
          .forEach((variable, text) -> filled.put(variable, new Expressions(known).fill(text)));
      return filled;
    }
  }
}
