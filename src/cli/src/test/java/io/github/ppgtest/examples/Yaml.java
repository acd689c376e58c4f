package io.github.ppgtest.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A part of a YAML file.
 *
 * @param path where it stands, for messages
 * @param value null where there is nothing
 */
record Yaml(String path, @Nullable Object value) {

  /** Reads a file, in YAML 1.2 as CI systems do; a key that comes twice is an error. */
  static Yaml read(Path file) {
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(file.toString()).setAllowDuplicateKeys(false).build();
      Object value = new Load(settings).loadFromString(Files.readString(file));
      return new Yaml(file.getFileName().toString(), value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean exists() {
    return value != null;
  }

  /** Returns what stands under a key; nothing where this is nothing. */
  Yaml get(String key) {
    return new Yaml(path + "." + key, value instanceof Map<?, ?> map ? map.get(key) : null);
  }

  /** Returns a text, a number or a truth as it would be printed. */
  String text() {
    if (value == null || value instanceof Map || value instanceof List) {
      throw new AssertionError(path + " is no text: " + value);
    }
    return value.toString();
  }

  String textOr(String other) {
    return exists() ? text() : other;
  }

  /** Returns the elements of a list; of what is none, itself; of nothing, none. */
  List<Yaml> elements() {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list
        ? list.stream().map(element -> new Yaml(path + "[]", element)).toList()
        : List.of(this);
  }

  List<String> texts() {
    return elements().stream().map(Yaml::text).toList();
  }

  /** Returns the keys of an object; of a text or a list, that. */
  List<String> names() {
    return value instanceof Map ? List.copyOf(entries().keySet()) : texts();
  }

  /** Returns what stands under each key, in the order of the file. */
  Map<String, Yaml> entries() {
    Map<String, Yaml> entries = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.keySet().forEach(key -> entries.put(key.toString(), get(key.toString())));
    }
    return entries;
  }

  /** Returns the keys of an object with their texts, as variables are written. */
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    entries().forEach((key, entry) -> variables.put(key, entry.text()));
    return variables;
  }
}
