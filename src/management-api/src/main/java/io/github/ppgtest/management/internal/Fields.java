package io.github.ppgtest.management.internal;

import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON object that knows where in the answer it stands, and so can say what it lacks. */
public final class Fields {
  private final JsonNode node;
  private final String at;

  private Fields(JsonNode node, String at) {
    this.node = node;
    this.at = at;
  }

  static Fields of(JsonNode node, String at) {
    if (!node.isObject()) {
      throw new UnexpectedShapeException((at.isEmpty() ? "it" : at) + " is no object");
    }
    return new Fields(node, at);
  }

  /** The JSON itself. */
  JsonNode node() {
    return node;
  }

  /** Tells whether a field is there and not null. */
  boolean has(String name) {
    return node.hasNonNull(name);
  }

  boolean isText(String name) {
    return node.path(name).isString();
  }

  /** A text that must be there. */
  String text(String name) {
    String value = optionalText(name);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  /** A text that must be there and hold more than blanks. */
  String id(String name) {
    String value = text(name);
    if (value.isBlank()) {
      throw new UnexpectedShapeException(path(name) + " is blank");
    }
    return value;
  }

  /** A text, or null. */
  @Nullable String optionalText(String name) {
    if (!has(name)) {
      return null;
    }
    JsonNode value = node.get(name);
    if (!value.isString()) {
      throw new UnexpectedShapeException(path(name) + " is no text");
    }
    return value.stringValue();
  }

  /** A port that must be there. */
  int port(String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw missing(name);
    }
    if (!value.isInt() || value.intValue() < 1 || value.intValue() > 65_535) {
      throw new UnexpectedShapeException(path(name) + " is no port");
    }
    return value.intValue();
  }

  /** A number of seconds, or null. */
  @Nullable Duration optionalSeconds(String name) {
    if (!has(name)) {
      return null;
    }
    JsonNode value = node.get(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw new UnexpectedShapeException(path(name) + " is no number of seconds");
    }
    return Duration.ofSeconds(value.intValue());
  }

  /** A number that must be there. */
  BigDecimal number(String name) {
    if (!has(name)) {
      throw missing(name);
    }
    JsonNode value = node.get(name);
    if (!value.isNumber()) {
      throw new UnexpectedShapeException(path(name) + " is no number");
    }
    return value.decimalValue();
  }

  /** A number without a fraction, that must be there. */
  long wholeNumber(String name) {
    try {
      return number(name).longValueExact();
    } catch (ArithmeticException e) {
      throw new UnexpectedShapeException(path(name) + " is no whole number that fits");
    }
  }

  /** A count that must be there. */
  int count(String name) {
    long value = wholeNumber(name);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new UnexpectedShapeException(path(name) + " is no count");
    }
    return (int) value;
  }

  /** Yes or no; no where it is absent. */
  boolean flag(String name) {
    return node.path(name).asBoolean(false);
  }

  /** A moment that must be there. */
  Instant instant(String name) {
    try {
      return OffsetDateTime.parse(text(name)).toInstant();
    } catch (DateTimeException e) {
      throw new UnexpectedShapeException(path(name) + " is no date-time");
    }
  }

  /** A URL that must be there. */
  URI uri(String name) {
    URI uri = optionalUri(name);
    if (uri == null) {
      throw missing(name);
    }
    return uri;
  }

  /** A URL, or null. */
  @Nullable URI optionalUri(String name) {
    String text = optionalText(name);
    try {
      return text == null ? null : URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new UnexpectedShapeException(path(name) + " is no URL");
    }
  }

  /** One of an enum's constants; the fallback for a word that this version does not know. */
  <E extends Enum<E>> E constant(String name, Class<E> type, E fallback) {
    String word = text(name).toUpperCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(word)) {
        return constant;
      }
    }
    return fallback;
  }

  /** An object that must be there. */
  Fields object(String name) {
    Fields object = optionalObject(name);
    if (object == null) {
      throw missing(name);
    }
    return object;
  }

  /** An object, or null. */
  @Nullable Fields optionalObject(String name) {
    return has(name) ? of(node.get(name), path(name)) : null;
  }

  /** The objects of an array; none where it is absent. */
  List<Fields> list(String name) {
    return has(name) ? elements(node.get(name), path(name)) : List.of();
  }

  static List<Fields> elements(JsonNode array, String at) {
    if (!array.isArray()) {
      throw new UnexpectedShapeException((at.isEmpty() ? "it" : at) + " is no list");
    }
    return IntStream.range(0, array.size())
        .mapToObj(i -> of(array.get(i), at + "[" + i + "]"))
        .toList();
  }

  private UnexpectedShapeException missing(String name) {
    return new UnexpectedShapeException(path(name) + " is missing");
  }

  private String path(String name) {
    return at.isEmpty() ? name : at + "." + name;
  }
}
