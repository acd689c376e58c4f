package io.github.ppgtest.emulator.internal.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON. Safe for use by many threads. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Writes a record, list or map as UTF-8. */
  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * Reads one JSON value; of nothing at all, a missing node.
   *
   * @throws MalformedJsonException when the bytes are no JSON
   */
  public static JsonNode parse(byte[] bytes) throws MalformedJsonException {
    try {
      return MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw new MalformedJsonException(e.getLocation());
    }
  }
}
