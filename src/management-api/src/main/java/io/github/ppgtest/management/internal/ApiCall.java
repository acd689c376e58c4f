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
 * @param body the JSON to send, or null
 * @param resourceId the id the call is about, for the words of a 404; may be empty
 * @param prefix what such an id begins with; may be empty
 */
public record ApiCall(
    String method, String path, @Nullable JsonNode body, String resourceId, String prefix) {
  /** A GET. */
  public static ApiCall get(String path) {
    return new ApiCall("GET", path, null, "", "");
  }

  /** A POST with a body. */
  public static ApiCall post(String path, JsonNode body) {
    return new ApiCall("POST", path, body, "", "");
  }

  /** A POST without a body. */
  public static ApiCall post(String path) {
    return new ApiCall("POST", path, null, "", "");
  }

  /** A PATCH with a body. */
  public static ApiCall patch(String path, JsonNode body) {
    return new ApiCall("PATCH", path, body, "", "");
  }

  /** A DELETE. */
  public static ApiCall delete(String path) {
    return new ApiCall("DELETE", path, null, "", "");
  }

  /** The same call, with the id it is about. */
  public ApiCall about(String id, String idPrefix) {
    return new ApiCall(method, path, body, id, idPrefix);
  }

  /** Encodes a value for one segment of a path, or for a query. */
  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Tells whether sending it twice leaves the same as sending it once. */
  boolean repeatable() {
    return !method.equals("POST");
  }
}
