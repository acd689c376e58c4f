package io.github.ppgtest.management.internal;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** The address of a server, checked. */
public final class BaseUrl {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private BaseUrl() {}

  /** Returns the API's URL without slashes at its end. */
  public static URI check(URI url) {
    URI checked = check(url, "the API's base URL");
    if (checked.toString().endsWith("/v1")) {
      throw new IllegalArgumentException(
          "the API's base URL must not end with /v1, which every call adds: " + checked);
    }
    return checked;
  }

  /**
   * Returns the URL of a server without slashes at its end.
   *
   * @param what its name in messages
   */
  public static URI check(URI url, String what) {
    String scheme = url.getScheme();
    if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
      // The URL itself may hold credentials; without an http scheme nothing in it is safe to show.
      throw new IllegalArgumentException(what + " must begin with http:// or https://");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(
          what
              + " must name a host, of letters, digits, dots and hyphens, and a port, if any, of"
              + " digits: Java's HTTP client takes no other, such as one with an underscore");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          what + " must not hold credentials: the token has a setting of its own");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(what + " must have no query and no fragment");
    }
    String text = url.toString();
    int end = text.length();
    while (text.charAt(end - 1) == '/') {
      end--;
    }
    return URI.create(text.substring(0, end));
  }
}
