package io.github.ppgtest.emulator.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/** Names and values as a query and an HTML form have them. */
final class FormEncoding {
  private FormEncoding() {}

  /**
   * Reads names and values.
   *
   * @throws ApiError 400 where the encoding is wrong
   */
  static Map<String, String> decode(String encoded) {
    Map<String, String> decoded = new HashMap<>();
    for (String pair : encoded.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      decoded.put(decodeOne(name), decodeOne(value));
    }
    return decoded;
  }

  private static String decodeOne(String encoded) {
    try {
      return URLDecoder.decode(encoded, UTF_8);
    } catch (IllegalArgumentException e) {
      // Without its cause, which quotes what may be a secret.
      throw ApiError.invalid(400, "form", "a % must be followed by two hexadecimal digits.");
    }
  }
}
