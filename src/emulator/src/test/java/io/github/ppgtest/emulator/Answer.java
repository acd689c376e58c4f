package io.github.ppgtest.emulator;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the emulator answered. */
record Answer(HttpResponse<String> http) {
  private static final JsonMapper JSON = new JsonMapper();

  int status() {
    return http.statusCode();
  }

  String text() {
    return http.body();
  }

  JsonNode json() {
    return JSON.readTree(http.body());
  }

  JsonNode data() {
    return json().get("data");
  }

  String id() {
    return data().get("id").stringValue();
  }

  /** Returns the part of the data at a JSON pointer, as text. */
  String data(String pointer) {
    return data().at(pointer).asString();
  }

  String code() {
    return json().at("/error/code").stringValue();
  }

  String message() {
    return json().at("/error/message").stringValue();
  }

  String hint() {
    return json().at("/error/hint").asString();
  }
}
