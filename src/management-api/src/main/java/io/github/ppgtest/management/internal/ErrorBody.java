package io.github.ppgtest.management.internal;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The API's description of an error, not yet redacted.
 *
 * @param code the code, or null
 * @param message the message, or null
 * @param hint the hint, or null
 * @param field the field that is wrong, or null where it names none
 * @param retryAfter how long create-db asks to wait, or null where it does not
 */
record ErrorBody(
    @Nullable String code,
    @Nullable String message,
    @Nullable String hint,
    @Nullable String field,
    @Nullable Duration retryAfter) {
  private static final ErrorBody NONE = new ErrorBody(null, null, null, null, null);

  /** Reads {@code {"error": {…}}}, also without that envelope; all null where it is neither. */
  static ErrorBody read(String body) {
    JsonNode root = Json.read(body);
    if (root == null || !root.isObject()) {
      return NONE;
    }
    JsonNode error = root.path("error");
    if (error.isString()) {
      return new ErrorBody(
          error.stringValue(),
          description(root),
          text(root, "hint"),
          field(root),
          retryAfter(root));
    }
    JsonNode facts = error.isObject() ? error : root;
    return new ErrorBody(
        text(facts, "code"), text(facts, "message"), text(facts, "hint"), field(facts), null);
  }

  /** OAuth has its own field for it, which the exchange of GitHub's tokens spells otherwise. */
  private static @Nullable String description(JsonNode root) {
    for (String name : new String[] {"message", "error_description", "errorDescription"}) {
      String description = text(root, name);
      if (description != null) {
        return description;
      }
    }
    return null;
  }

  boolean isEmpty() {
    return code == null && message == null;
  }

  boolean planLimitReached() {
    return code != null
        && code.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT).equals("planlimitreached");
  }

  @Override
  public String toString() {
    // The rest may echo what was sent.
    return "ErrorBody[" + code + "]";
  }

  private static @Nullable Duration retryAfter(JsonNode root) {
    JsonNode millis = root.path("rateLimitInfo").path("retryAfterMs");
    // A double takes any number; its fraction of a millisecond is waited too.
    double number = millis.isNumber() ? millis.asDouble(-1) : -1;
    return number < 0
        ? null
        : RetryAfter.atMost(Duration.ofMillis((long) Math.min(Math.ceil(number), Long.MAX_VALUE)));
  }

  private static @Nullable String field(JsonNode error) {
    for (String list : new String[] {"issues", "details", "errors"}) {
      JsonNode first = error.path(list).path(0);
      if (first.isObject()) {
        return field(first);
      }
    }
    String named = text(error, "field");
    if (named != null) {
      return named;
    }
    JsonNode path = error.path("path");
    if (path.isArray() && !path.isEmpty()) {
      return path.valueStream().map(part -> part.asString("")).collect(Collectors.joining("."));
    }
    return path.isString() ? path.stringValue() : null;
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isString() && !value.stringValue().isBlank() ? value.stringValue().strip() : null;
  }
}
