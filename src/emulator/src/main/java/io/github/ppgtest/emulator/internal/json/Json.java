package io.github.ppgtest.emulator.internal.json;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads and writes JSON, without Jackson's mapper: that takes a fresh JVM 200 ms to load, a fifth
 * of the time to the first database. Safe for use by many threads.
 */
public final class Json {
  private static final JsonFactory FACTORY = JsonFactory.builder().build();

  private Json() {}

  /** Writes a record, list, map, text, number or flag as UTF-8; a record's fields in its order. */
  public static byte[] write(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      new ValueWriter(generator).write(value);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads one JSON value; a missing node where there are no bytes.
   *
   * @throws MalformedJsonException when the bytes are no JSON
   */
  public static JsonNode parse(byte[] bytes) throws MalformedJsonException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      if (parser.nextToken() == null) {
        return JsonNodeFactory.instance.missingNode();
      }
      JsonNode value = TreeReader.read(parser);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException(parser.currentTokenLocation());
      }
      return value;
    } catch (JacksonException e) {
      throw new MalformedJsonException(e.getLocation());
    }
  }
}
