package io.github.ppgtest.emulator.internal.http;

import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object that a client sent. Each reading checks the type and throws an {@link
 * ApiError} that names the field. Fields that are not read are ignored, as Prisma does.
 */
public final class RequestBody {
  /** Longer than any name a person writes; Prisma publishes no number. */
  static final int LONGEST_TEXT = 255;

  private final JsonNode json;

  /** What stands before a field's name in messages: nothing, or {@code source.} and the like. */
  private final String path;

  private final int invalidStatus;

  RequestBody(JsonNode json, int invalidStatus) {
    this(json, "", invalidStatus);
  }

  private RequestBody(JsonNode json, String path, int invalidStatus) {
    this.json = json;
    this.path = path;
    this.invalidStatus = invalidStatus;
  }

  /** Reads a text of 1 to 255 characters; empty where it is absent. */
  public Optional<String> text(String field) {
    Optional<String> text = textOfAnyLength(field);
    if (text.isPresent() && text.get().length() > LONGEST_TEXT) {
      throw invalid(
          field,
          "must have at most %d characters, but has %d."
              .formatted(LONGEST_TEXT, text.get().length()));
    }
    return text;
  }

  /** Reads a text that is no name, such as a token, of 1 character or more; empty if absent. */
  public Optional<String> textOfAnyLength(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw invalid(field, "must be a string.");
    }
    String text = value.stringValue();
    if (text.isBlank()) {
      throw invalid(field, "must not be empty.");
    }
    return Optional.of(text);
  }

  /** Reads a text that has to be there. */
  public String requiredText(String field) {
    return text(field).orElseThrow(() -> invalid(field, "is required."));
  }

  /** Reads a whole number of at least 1, as far as an int goes; {@code absent} if absent. */
  public int positiveNumber(String field, int absent) {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isIntegralNumber() || value.bigIntegerValue().signum() <= 0) {
      throw invalid(field, "must be a whole number of at least 1.");
    }
    return value.canConvertToInt() ? value.intValue() : Integer.MAX_VALUE;
  }

  /** Reads true or false; {@code absent} where it is absent. */
  public boolean flag(String field, boolean absent) {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw invalid(field, "must be true or false.");
    }
    return value.booleanValue();
  }

  /** Reads a number, without what stands behind its point; empty where it is absent. */
  public OptionalLong number(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (!value.isNumber()) {
      throw invalid(field, "must be a number.");
    }
    // As JavaScript has it: a number that no long holds becomes the nearest that one does.
    return OptionalLong.of((long) Math.floor(value.doubleValue()));
  }

  /** Reads an object; empty where it is absent. */
  public Optional<RequestBody> object(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw invalid(field, "must be an object.");
    }
    return Optional.of(new RequestBody(value, path + field + ".", invalidStatus));
  }

  public boolean has(String field) {
    return json.has(field);
  }

  /** Makes the error that refuses a field, with the status that this endpoint has for it. */
  public ApiError invalid(String field, String problem) {
    return ApiError.invalid(invalidStatus, path + field, problem);
  }
}
