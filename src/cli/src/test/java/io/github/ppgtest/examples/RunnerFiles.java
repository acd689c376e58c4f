package io.github.ppgtest.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files by which a step of GitHub Actions tells later ones of variables and outputs. */
final class RunnerFiles {
  private final Path environment;
  private final Path outputs;

  RunnerFiles(Path folder) throws IOException {
    environment = Files.createTempFile(folder, "set_env_", "");
    outputs = Files.createTempFile(folder, "set_output_", "");
  }

  Map<String, String> variables() {
    return Map.of("GITHUB_ENV", environment.toString(), "GITHUB_OUTPUT", outputs.toString());
  }

  /** Returns what a step has written, and empties the file for the next. */
  Map<String, String> takeEnvironment() throws IOException {
    return take(environment);
  }

  Map<String, String> takeOutputs() throws IOException {
    return take(outputs);
  }

  /** {@code NAME=VALUE}, or {@code NAME<<END}, lines, and {@code END}. */
  private static Map<String, String> take(Path file) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    Deque<String> lines = new ArrayDeque<>(Files.readAllLines(file));
    while (!lines.isEmpty()) {
      String line = lines.remove();
      int equals = line.indexOf('=');
      int heredoc = line.indexOf("<<");
      if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
        values.put(line.substring(0, heredoc), upTo(line.substring(heredoc + 2), lines));
      } else if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      } else if (!line.isEmpty()) {
        throw new AssertionError("Not a variable: " + line);
      }
    }
    Files.writeString(file, "");
    return values;
  }

  private static String upTo(String end, Deque<String> lines) {
    List<String> value = new ArrayList<>();
    for (String line = lines.remove(); !line.equals(end); line = lines.remove()) {
      value.add(line);
    }
    return String.join("\n", value);
  }
}
