package io.github.ppgtest.emulator.internal.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method and a path template such as {@code /v1/projects/{id}}.
 *
 * @param parts the template's, between its slashes
 * @param mediaType what its bodies are
 */
record Route(
    String method, String template, List<String> parts, String mediaType, Handler handler) {

  static Route of(String method, String template, String mediaType, Handler handler) {
    return new Route(method, template, List.of(template.split("/", -1)), mediaType, handler);
  }

  /** Returns what stands for the names of the template, or empty where the path is another. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != parts.size()) {
      return Optional.empty();
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String expected = parts.get(i);
      String actual = path.get(i);
      if (expected.startsWith("{") && !actual.isEmpty()) {
        names.put(expected.substring(1, expected.length() - 1), actual);
      } else if (!expected.equals(actual)) {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }
}
