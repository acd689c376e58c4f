package io.github.ppgtest.emulator.internal.http;

import io.github.ppgtest.emulator.internal.json.Json;
import io.github.ppgtest.emulator.internal.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request that a route was found for. */
public final class Request {
  private final Map<String, String> path;
  private final Map<String, String> query;
  private final @Nullable String authorization;
  private final byte[] body;

  Request(
      Map<String, String> path,
      Map<String, String> query,
      @Nullable String authorization,
      byte[] body) {
    this.path = path;
    this.query = query;
    this.authorization = authorization;
    this.body = body;
  }

  /** Returns the part of the path that stands for {@code {name}} in the route. */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("The route has no {%s}.".formatted(name));
    }
    return value;
  }

  /** Returns a query parameter; empty where it is absent or has no text. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  /** Returns the {@code Authorization} header; empty where there is none. */
  public Optional<String> authorization() {
    return Optional.ofNullable(authorization);
  }

  /**
   * Reads the body as an HTML form sends it.
   *
   * @throws ApiError 400 where its encoding is wrong
   */
  public Map<String, String> form() {
    return FormEncoding.decode(new String(body, StandardCharsets.UTF_8));
  }

  /**
   * Reads the body as a JSON object; no body at all is an object without fields.
   *
   * @param invalidStatus the status that this endpoint answers a validation error with
   * @throws ApiError when it is something else
   */
  public RequestBody body(int invalidStatus) {
    JsonNode json;
    try {
      json = Json.parse(body);
    } catch (MalformedJsonException e) {
      throw ApiError.invalid(invalidStatus, "body", e.getMessage());
    }
    if (!json.isMissingNode() && !json.isObject()) {
      throw ApiError.invalid(invalidStatus, "body", "The text is JSON but not an object.");
    }
    return new RequestBody(json, invalidStatus);
  }
}
