package io.github.ppgtest.emulator.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The service token that a request has to carry. */
public final class BearerToken implements Access {
  private static final String SCHEME = "Bearer ";

  private final byte[] expected;

  public BearerToken(String token) {
    expected = token.getBytes(UTF_8);
  }

  /**
   * Compares the {@code Authorization} header of a request, in a time that does not depend on how
   * much of it is right.
   *
   * @throws ApiError 401 where it is absent or another
   */
  @Override
  public void check(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw ApiError.unauthenticated("The request carries no bearer token.");
    }
    byte[] actual = authorization.substring(SCHEME.length()).strip().getBytes(UTF_8);
    if (!MessageDigest.isEqual(expected, actual)) {
      throw ApiError.unauthenticated("The bearer token is not valid.");
    }
  }
}
