package io.github.ppgtest.emulator.internal.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.ppgtest.emulator.internal.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one request off the wire and writes its answer. */
final class Exchange {
  static final int LARGEST_BODY = 1024 * 1024;

  /** A client that is still sending would see a cut connection instead of the answer 413. */
  private static final int DISCARDED_AT_MOST = 16 * LARGEST_BODY;

  private final HttpExchange http;

  Exchange(HttpExchange http) {
    this.http = http;
  }

  String method() {
    return http.getRequestMethod();
  }

  String path() {
    return http.getRequestURI().getPath();
  }

  @Nullable String authorization() {
    return http.getRequestHeaders().getFirst("Authorization");
  }

  /** Returns the values of a header, none where it is absent. */
  List<String> headers(String name) {
    return http.getRequestHeaders().getOrDefault(name, List.of());
  }

  Map<String, String> query() {
    String raw = http.getRequestURI().getRawQuery();
    return raw == null ? Map.of() : FormEncoding.decode(raw);
  }

  byte[] body() throws IOException {
    InputStream in = http.getRequestBody();
    byte[] body = in.readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      discard(in);
      throw ApiError.tooLarge(LARGEST_BODY);
    }
    return body;
  }

  private static void discard(InputStream in) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    int left = DISCARDED_AT_MOST;
    for (int read = 0; read >= 0 && left > 0; left -= read) {
      read = in.read(buffer);
    }
  }

  void send(Response response) throws IOException {
    if (response == Response.CUT) {
      // The exchange is closed without an answer then, and its connection with it.
      return;
    }
    response.headers().forEach(http.getResponseHeaders()::set);
    Object body = response.body();
    if (body == null) {
      http.sendResponseHeaders(response.status(), -1);
      return;
    }
    byte[] bytes = body instanceof Response.Page page ? page.bytes() : Json.write(body);
    http.getResponseHeaders()
        .set(
            "Content-Type",
            body instanceof Response.Page ? "text/html; charset=utf-8" : "application/json");
    if (method().equals("HEAD")) {
      http.sendResponseHeaders(response.status(), -1);
      return;
    }
    http.sendResponseHeaders(response.status(), bytes.length);
    http.getResponseBody().write(bytes);
  }
}
