package io.github.ppgtest.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pipeline of GitLab CI. */
record Pipeline(Yaml yaml) {
  private static final Set<String> NO_JOBS = Set.of("default", "stages", "variables", "workflow");

  static Pipeline read() {
    return new Pipeline(Yaml.read(Examples.GITLAB_CI.resolve(".gitlab-ci.yml")));
  }

  /** Returns the jobs, each with what it extends, in the order of their stages. */
  Map<String, Yaml> jobs() {
    Map<String, Yaml> jobs = new LinkedHashMap<>();
    for (String stage : yaml.get("stages").texts()) {
      yaml.entries().keySet().stream()
          .filter(name -> !name.startsWith(".") && !NO_JOBS.contains(name))
          .filter(name -> extended(name).get("stage").text().equals(stage))
          .forEach(name -> jobs.put(name, extended(name)));
    }
    return jobs;
  }

  private Yaml extended(String name) {
    Yaml own = yaml.get(name);
    if (!own.exists()) {
      throw new AssertionError("There is no " + name + " to extend");
    }
    Map<String, Object> all = new LinkedHashMap<>();
    own.get("extends").texts().forEach(base -> all.putAll(values(extended(base))));
    all.putAll(values(own));
    return new Yaml(name, all);
  }

  private static Map<String, Object> values(Yaml job) {
    Map<String, Object> values = new LinkedHashMap<>();
    job.entries().forEach((key, entry) -> values.put(key, entry.value()));
    return values;
  }

  /** Returns what a shell runs for a job, in one piece. */
  static String script(Yaml job) {
    List<String> lines = new ArrayList<>(job.get("before_script").texts());
    lines.addAll(job.get("script").texts());
    return String.join("\n", lines) + "\n";
  }
}
