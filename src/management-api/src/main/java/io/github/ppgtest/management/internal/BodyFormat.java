package io.github.ppgtest.management.internal;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The formats of a body. */
enum BodyFormat {
  JSON("application/json") {
    @Override
    String write(JsonNode body) {
      return Json.write(body);
    }
  },
  FORM("application/x-www-form-urlencoded") {
    @Override
    String write(JsonNode body) {
      return body.properties().stream()
          .map(
              field ->
                  ApiCall.encode(field.getKey())
                      + "="
                      + ApiCall.encode(field.getValue().stringValue()))
          .collect(Collectors.joining("&"));
    }
  };

  private final String contentType;

  BodyFormat(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  abstract String write(JsonNode body);
}
