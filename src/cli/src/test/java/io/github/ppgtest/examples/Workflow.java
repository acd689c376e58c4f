package io.github.ppgtest.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A workflow of GitHub Actions. */
record Workflow(String name, Yaml yaml) {

  static Workflow read(Path file) {
    return new Workflow(file.getFileName().toString(), Yaml.read(file));
  }

  Map<String, Yaml> jobs() {
    return yaml.get("jobs").entries();
  }

  List<Yaml> steps() {
    return jobs().values().stream().flatMap(job -> job.get("steps").elements().stream()).toList();
  }

  /** Returns all that is run by a shell. */
  List<String> scripts() {
    return steps().stream()
        .filter(step -> step.get("run").exists())
        .map(step -> step.get("run").text())
        .toList();
  }

  /** Returns the names of the jobs, each after those it needs. */
  List<String> order() {
    List<String> order = new ArrayList<>();
    while (order.size() < jobs().size()) {
      int before = order.size();
      jobs()
          .forEach(
              (name, job) -> {
                if (!order.contains(name) && order.containsAll(job.get("needs").texts())) {
                  order.add(name);
                }
              });
      if (order.size() == before) {
        throw new AssertionError(this.name + " has jobs that wait for ever: " + jobs().keySet());
      }
    }
    return order;
  }

  @Override
  public String toString() {
    return name;
  }
}
