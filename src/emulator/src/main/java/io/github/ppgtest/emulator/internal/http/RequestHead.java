package io.github.ppgtest.emulator.internal.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, by RFC 9112 in its strict reading: what two readers could understand in
 * two ways is refused. Immutable.
 *
 * @param path what is between its slashes, decoded: an encoded slash separates nothing
 * @param rawQuery as it was sent; null where there is none
 * @param headers by their names in lower case
 * @param bodyLength in bytes; -1 where it comes in chunks
 * @param keepsAlive whether another request may follow
 * @param expectsContinue whether the client waits to be told before it sends the body
 */
record RequestHead(
    String method,
    List<String> path,
    @Nullable String rawQuery,
    Map<String, List<String>> headers,
    long bodyLength,
    boolean keepsAlive,
    boolean expectsContinue) {
  /** As much as Node.js takes. */
  static final int LARGEST = 16 * 1024;

  private static final int MOST_HEADERS = 100;
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern TARGET =
      Pattern.compile("(?:(?i:http)://([^/?#@]+))?(/[!-\"$->@-~]*)(?:\\?([!-\"$-~]*))?");
  private static final Pattern VALUE = Pattern.compile("[\\t -~\\x80-\\xff]*");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,12}");

  /** Those that decide something here; twice, they would say two things. */
  private static final Set<String> ONCE =
      Set.of(
          "authorization",
          "content-length",
          "content-type",
          "host",
          "origin",
          "sec-fetch-mode",
          "sec-fetch-site",
          "transfer-encoding");

  /**
   * Reads a head.
   *
   * @param bytes up to and without its empty line
   * @throws ApiError 400 where it is none, 431 where it is too large, 505 for another HTTP
   */
  static RequestHead parse(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n", -1);
    String[] first = lines[0].split(" ", -1);
    Matcher target = TARGET.matcher(first.length == 3 ? first[1] : "");
    if (!target.matches() || !TOKEN.matcher(first[0]).matches()) {
      throw ApiError.malformed("Its first line is no request.");
    }
    boolean isCurrent = first[2].equals("HTTP/1.1");
    if (!isCurrent && !first[2].equals("HTTP/1.0")) {
      throw ApiError.httpVersion();
    }
    Map<String, List<String>> headers = headers(lines);
    if (target.group(1) != null) {
      // A target that names a host takes the place of the header.
      headers.put("host", List.of(target.group(1)));
    }
    boolean closes = values(headers, "connection").toLowerCase(Locale.ROOT).contains("close");
    return new RequestHead(
        first[0],
        segments(target.group(2)),
        target.group(3),
        headers,
        bodyLength(headers, isCurrent),
        isCurrent && !closes,
        isCurrent && values(headers, "expect").equalsIgnoreCase("100-continue"));
  }

  private static Map<String, List<String>> headers(String[] lines) {
    if (lines.length > MOST_HEADERS + 1) {
      throw ApiError.headTooLarge();
    }
    Map<String, List<String>> headers = new HashMap<>();
    for (String line : List.of(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1);
      List<String> values = headers.computeIfAbsent(name, any -> new ArrayList<>(1));
      values.add(value.strip());
      if (!TOKEN.matcher(name).matches()
          || !VALUE.matcher(value).matches()
          || values.size() > 1 && ONCE.contains(name)) {
        throw ApiError.malformed("A header of it is malformed, or there twice.");
      }
    }
    return headers;
  }

  private static List<String> segments(String path) {
    try {
      return Arrays.stream(path.split("/", -1))
          .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
          .toList();
    } catch (IllegalArgumentException e) {
      throw ApiError.malformed("A % in its path is not followed by two hexadecimal digits.");
    }
  }

  private static long bodyLength(Map<String, List<String>> headers, boolean isCurrent) {
    List<String> coding = headers.get("transfer-encoding");
    List<String> length = headers.get("content-length");
    if (coding != null) {
      if (length != null || !isCurrent || !coding.get(0).equalsIgnoreCase("chunked")) {
        throw ApiError.malformed("Its body has two lengths, or a coding other than chunked.");
      }
      return -1;
    }
    if (length == null) {
      return 0;
    }
    if (!LENGTH.matcher(length.get(0)).matches()) {
      throw ApiError.malformed("Its Content-Length is no number, or a wrong one.");
    }
    return Long.parseLong(length.get(0));
  }

  private static String values(Map<String, List<String>> headers, String name) {
    return String.join(", ", headers.getOrDefault(name, List.of()));
  }

  /** Returns the values of a header, none where it is absent. */
  List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  @Nullable String authorization() {
    List<String> values = headers("authorization");
    return values.isEmpty() ? null : values.get(0);
  }

  Map<String, String> query() {
    return rawQuery == null ? Map.of() : FormEncoding.decode(rawQuery);
  }

  /** Leaves the headers out: they have a token. */
  @Override
  public String toString() {
    return "RequestHead[%s]".formatted(method);
  }
}
