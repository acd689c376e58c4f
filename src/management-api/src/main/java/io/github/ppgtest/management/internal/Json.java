package io.github.ppgtest.management.internal;

import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as trees only: records are filled by hand, so that errors can name the field. And without
 * Jackson's mapper, which takes a fresh JVM 200 ms to load.
 */
public final class Json {
  /**
   * Far beyond what the API sends, and little enough for a small heap: a tree has some 100 bytes
   * for each token.
   */
  private static final StreamReadConstraints MOST =
      StreamReadConstraints.builder()
          .maxNestingDepth(100)
          .maxNumberLength(100)
          .maxNameLength(1_000)
          .maxTokenCount(300_000)
          .build();

  private static final JsonFactory FACTORY =
      JsonFactory.builder().streamReadConstraints(MOST).build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** An empty object to fill. */
  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /** Puts a field unless its value is absent. */
  public static void put(ObjectNode object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, value);
    }
  }

  /**
   * Writes an object of texts, flags, whole numbers and further objects, enough for all requests.
   */
  static String write(JsonNode object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, object);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, JsonNode value) {
    if (value.isObject()) {
      json.writeStartObject();
      value
          .properties()
          .forEach(
              field -> {
                json.writeName(field.getKey());
                write(json, field.getValue());
              });
      json.writeEndObject();
    } else if (value.isIntegralNumber()) {
      json.writeNumber(value.longValue());
    } else if (value.isBoolean()) {
      json.writeBoolean(value.booleanValue());
    } else {
      json.writeString(value.stringValue());
    }
  }

  /** Reads a tree, or null where the text is none that {@link #parse} takes. */
  static @Nullable JsonNode read(String text) {
    try {
      return parse(text);
    } catch (UnexpectedShapeException notJson) {
      return null;
    }
  }

  /**
   * Reads a tree.
   *
   * @throws UnexpectedShapeException if the text is no JSON, or none that an API sends
   */
  static JsonNode parse(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new UnexpectedShapeException("it is empty");
      }
      return value(parser);
    } catch (StreamConstraintsException | NumberFormatException tooMuch) {
      throw new UnexpectedShapeException(
          "it is JSON beyond all bounds: at most %d levels, %d values and names, numbers of %d and names of %d characters are read"
              .formatted(
                  MOST.getMaxNestingDepth(),
                  MOST.getMaxTokenCount(),
                  MOST.getMaxNumberLength(),
                  MOST.getMaxNameLength()));
    } catch (JacksonException notJson) {
      // Dropped on purpose: its message quotes the text, which may hold credentials.
      throw new UnexpectedShapeException("it is no JSON");
    }
  }

  /** Reads the value that the parser stands on, to its end. */
  private static JsonNode value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          if (object.replace(name, value(parser)) != null) {
            // Readers differ in the one that they use.
            throw new UnexpectedShapeException("an object in it has a field twice");
          }
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_NUMBER_INT -> wholeNumber(parser);
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new IllegalStateException("No value begins with " + parser.currentToken());
    };
  }

  /** As the smallest kind of node that holds it, which is what readers ask for. */
  private static JsonNode wholeNumber(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }
}
