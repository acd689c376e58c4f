package io.github.ppgtest.emulator.internal.http;

import io.github.ppgtest.emulator.internal.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes responses as HTTP/1.1 has them. */
final class ResponseBytes {
  /** Not RFC_1123_DATE_TIME, which writes one digit for the first days of a month. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Pattern NOT_PRINTABLE = Pattern.compile("[^ -~]");

  /** Stands for no answer at all. */
  static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private ResponseBytes() {}

  /**
   * Writes a response; nothing for {@link Response#CUT}.
   *
   * @param method the request's; HEAD gets no body
   * @param closes whether the connection ends with it
   */
  static ByteBuffer of(Response response, String method, boolean closes) {
    if (response == Response.CUT) {
      return NONE;
    }
    byte[] body = body(response);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Date", date(Instant.now()));
    if (response.body() != null) {
      headers.put(
          "Content-Type",
          response.body() instanceof Response.Page
              ? "text/html; charset=utf-8"
              : "application/json");
    }
    // An answer may hold a connection string, an address a secret.
    headers.put("Cache-Control", "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    if (response.body() instanceof Response.Page) {
      headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
    headers.putAll(response.headers());
    if (response.status() != 204) {
      headers.put("Content-Length", Integer.toString(body.length));
    }
    if (closes) {
      headers.put("Connection", "close");
    }
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(response.status()).append(" \r\n");
    // What a client sent may be in them: a line's end would begin another header.
    headers.forEach(
        (name, value) ->
            head.append(name)
                .append(": ")
                .append(NOT_PRINTABLE.matcher(value).replaceAll("?"))
                .append("\r\n"));
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    boolean hasBody = !method.equals("HEAD");
    ByteBuffer bytes = ByteBuffer.allocate(start.length + (hasBody ? body.length : 0)).put(start);
    return (hasBody ? bytes.put(body) : bytes).flip();
  }

  static String date(Instant instant) {
    return DATE.format(instant);
  }

  private static byte[] body(Response response) {
    Object body = response.body();
    if (body == null) {
      return new byte[0];
    }
    return body instanceof Response.Page page
        ? page.html().getBytes(StandardCharsets.UTF_8)
        : Json.write(body);
  }
}
