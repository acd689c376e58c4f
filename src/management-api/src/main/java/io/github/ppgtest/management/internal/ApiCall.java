package io.github.ppgtest.management.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One call to make.
 *
 * @param method the HTTP method
 * @param path path and query, already encoded
 * @param body the body, or null
 * @param format the body's format
 * @param resourceId the id the call is about, for the words of a 404; may be empty
 * @param prefix what such an id begins with; may be empty
 */
public record ApiCall(
    String method,
    String path,
    @Nullable JsonNode body,
    BodyFormat format,
    String resourceId,
    String prefix) {
  /** A GET. */
  public static ApiCall get(String path) {
    return of("GET", path, null);
  }

  /** A POST with a body. */
  public static ApiCall post(String path, JsonNode body) {
    return of("POST", path, body);
  }

  /** A POST without a body. */
  public static ApiCall post(String path) {
    return of("POST", path, null);
  }

  /** A PATCH with a body. */
  public static ApiCall patch(String path, JsonNode body) {
    return of("PATCH", path, body);
  }

  /** A DELETE. */
  public static ApiCall delete(String path) {
    return of("DELETE", path, null);
  }

  /** A POST of texts, as an HTML form sends them. */
  public static ApiCall form(String path, JsonNode body) {
    return new ApiCall("POST", path, body, BodyFormat.FORM, "", "");
  }

  private static ApiCall of(String method, String path, @Nullable JsonNode body) {
    return new ApiCall(method, path, body, BodyFormat.JSON, "", "");
  }

  /** The same call, with the id it is about. */
  public ApiCall about(String id, String idPrefix) {
    return new ApiCall(method, path, body, format, id, idPrefix);
  }

  /** Encodes a value for one segment of a path, or for a query. */
  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Returns whether sending it twice has the same effect as sending it once. */
  boolean repeatable() {
    return !method.equals("POST");
  }
}
