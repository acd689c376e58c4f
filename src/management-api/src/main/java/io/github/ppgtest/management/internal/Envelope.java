package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.Page;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The content of an answer, with or without the {@code data} around it: older answers have none.
 *
 * @param node the content
 * @param at its place in the answer
 * @param pagination the list's pagination, or null for no list or a list without pages
 */
record Envelope(JsonNode node, String at, @Nullable Fields pagination) {
  static Envelope of(String body) {
    JsonNode root = Json.parse(body);
    if (!root.isObject() || !root.has("data")) {
      return new Envelope(root, "", null);
    }
    return new Envelope(root.get("data"), "data", Fields.of(root, "").optionalObject("pagination"));
  }

  /** Reads an answer as an object without an envelope. */
  static Fields object(String body) {
    return Fields.of(Json.parse(body), "");
  }

  Fields object() {
    return Fields.of(node, at);
  }

  <T> Page<T> page(Function<Fields, T> reader) {
    var items = Fields.elements(node, at).stream().map(reader).toList();
    if (pagination == null || !pagination.flag("hasMore")) {
      return new Page<>(items, null, false);
    }
    return new Page<>(items, pagination.token("nextCursor"), true);
  }

  @Override
  public String toString() {
    // The content may hold credentials.
    return "Envelope[" + at + "]";
  }
}
