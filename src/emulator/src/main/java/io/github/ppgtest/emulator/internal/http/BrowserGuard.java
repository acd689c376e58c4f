package io.github.ppgtest.emulator.internal.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a page in a browser can send here: under a name of its own (DNS rebinding), from
 * another origin, or as a form. Programs name the address that the emulator gives out, and send
 * JSON. Immutable.
 */
final class BrowserGuard {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

  private final Set<String> authorities;
  private final String url;

  /** Guards a server on a port of the loopback address. */
  BrowserGuard(int port) {
    this.authorities = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    this.url = "http://127.0.0.1:" + port;
  }

  /**
   * Checks who sends a request, by headers that a page cannot choose.
   *
   * @param headers the values of a header, none where it is absent
   * @throws ApiError 421 for another host, 403 for another origin
   */
  void checkSender(Function<String, List<String>> headers) {
    if (!authorities.contains(only("Host", headers))) {
      throw ApiError.misdirected(url);
    }
    String origin = only("Origin", headers);
    boolean isOwn = origin.isEmpty() || authorities.contains(origin.replaceFirst("^http://", ""));
    boolean isOfAPage =
        OTHER_SITES.contains(only("Sec-Fetch-Site", headers))
            && !only("Sec-Fetch-Mode", headers).equals("navigate");
    if (!isOwn || isOfAPage) {
      throw ApiError.forbidden(
          "A page of another origin asked for this.",
          "The emulator answers programs, and no pages: call it from a server, or from the command"
              + " line.");
    }
  }

  /**
   * Checks what a request that changes something carries.
   *
   * @param expected the media type of its bodies
   * @throws ApiError 415 for a media type of another kind
   */
  void checkMediaType(String method, String expected, Function<String, List<String>> headers) {
    String type = only("Content-Type", headers);
    if (!SAFE_METHODS.contains(method)
        && !type.isEmpty()
        && !type.split(";", 2)[0].strip().equals(expected)) {
      throw ApiError.unsupportedMediaType(type, expected);
    }
  }

  /** Returns the one value in lower case; nothing where there is none, or more than one. */
  private static String only(String name, Function<String, List<String>> headers) {
    @Nullable List<String> values = headers.apply(name);
    return values == null || values.isEmpty()
        ? ""
        : String.join(", ", values).strip().toLowerCase(Locale.ROOT);
  }
}
