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

/** A JSON object with its place in the answer, for messages about missing fields. */
public final class Fields {
  /** A token has 2,000 characters, or 4,000 with many claims. */
  private static final int LONGEST_TEXT = 16_384;

  private static final int LONGEST_ID = 255;

  /** More digits than any sum of money, bytes or calls has. */
  private static final int MOST_DIGITS = 40;

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

  /** Returns whether a field is there and not null. */
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
  String someText(String name) {
    return notBlank(name, text(name));
  }

  /** A text for people, or null. Control characters in it are escaped. */
  @Nullable String optionalText(String name) {
    String value = optionalRaw(name);
    return value == null ? null : Printable.escaped(value);
  }

  /** An id that must be there: nothing in it means anything in a path, a message or a file. */
  String id(String name) {
    String value = notBlank(name, raw(name));
    if (value.length() > LONGEST_ID || !value.chars().allMatch(Fields::isOfId)) {
      throw new UnexpectedShapeException(
          path(name) + " is no id, which has letters, digits and _ - . : only");
    }
    return value;
  }

  /** An id, or null. */
  @Nullable String optionalId(String name) {
    return has(name) ? id(name) : null;
  }

  private static boolean isOfId(int character) {
    return character < 0x7f
        && (Character.isLetterOrDigit(character) || "_-.:".indexOf(character) >= 0);
  }

  /** The name or address of a host, which must be there. */
  String host(String name) {
    String value = notBlank(name, raw(name));
    if (value.length() > LONGEST_ID
        || !value.chars().allMatch(c -> isOfId(c) || c == '[' || c == ']')) {
      throw new UnexpectedShapeException(path(name) + " is no host");
    }
    return value;
  }

  /** A text for machines that must be there and hold more than blanks, as it is. */
  String token(String name) {
    return notBlank(name, raw(name));
  }

  /** A text that must be there, as it is: not for people. */
  String raw(String name) {
    String value = optionalRaw(name);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  /** A text, as it is, or null: not for people. */
  @Nullable String optionalRaw(String name) {
    if (!has(name)) {
      return null;
    }
    JsonNode value = node.get(name);
    if (!value.isString()) {
      throw new UnexpectedShapeException(path(name) + " is no text");
    }
    String text = value.stringValue();
    if (text.length() > LONGEST_TEXT) {
      throw new UnexpectedShapeException(
          path(name) + " has more than " + LONGEST_TEXT + " characters");
    }
    return text;
  }

  private String notBlank(String name, String value) {
    if (value.isBlank()) {
      throw new UnexpectedShapeException(path(name) + " is blank");
    }
    return value;
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
    BigDecimal number = value.decimalValue();
    if (number.scale() > MOST_DIGITS || number.precision() - number.scale() > MOST_DIGITS) {
      throw new UnexpectedShapeException(path(name) + " is no number that fits");
    }
    return number;
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
    if (!has(name)) {
      return false;
    }
    JsonNode value = node.get(name);
    if (!value.isBoolean()) {
      throw new UnexpectedShapeException(path(name) + " is neither true nor false");
    }
    return value.booleanValue();
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
    String text = optionalRaw(name);
    try {
      // URI takes characters that turn or hide others, and its own form in ASCII fails for halves
      // of a pair.
      if (text != null && !Printable.escaped(text).equals(text)) {
        throw new UnexpectedShapeException(path(name) + " is no URL");
      }
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
