package io.github.ppgtest.management.internal;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** The API's address, checked. */
public final class BaseUrl {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private BaseUrl() {}

  /** Returns the URL without slashes at its end. */
  public static URI check(URI url) {
    String scheme = url.getScheme();
    if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
      // The URL itself may hold credentials; without an http scheme nothing in it is safe to show.
      throw new IllegalArgumentException("the API's base URL must begin with http:// or https://");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException("the API's base URL must name a host");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the API's base URL must not hold credentials: the token has a setting of its own");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("the API's base URL must have no query and no fragment");
    }
    String text = url.toString().replaceAll("/+$", "");
    if (text.endsWith("/v1")) {
      throw new IllegalArgumentException(
          "the API's base URL must not end with /v1, which every call adds: " + text);
    }
    return URI.create(text);
  }
}
