package io.github.ppgtest.emulator.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/** Names and values as a query and an HTML form have them. */
final class FormEncoding {
  private FormEncoding() {}

  static Map<String, String> decode(String encoded) {
    Map<String, String> decoded = new HashMap<>();
    for (String pair : encoded.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      decoded.put(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
    }
    return decoded;
  }
}
