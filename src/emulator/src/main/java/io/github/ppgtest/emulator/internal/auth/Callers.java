package io.github.ppgtest.emulator.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ppgtest.emulator.internal.http.Access;
import io.github.ppgtest.emulator.internal.http.ApiError;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The accepted tokens: the emulator's service token, and those that were given out for a time. Safe
 * for use by many threads.
 */
public final class Callers implements Access {
  private static final String SCHEME = "Bearer ";

  /** How long after its end a token is still answered as expired. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final byte[] serviceToken;
  private final Clock clock;

  /** By the hash of the token, so that the time of a look-up tells nothing of it. */
  private final Map<ByteBuffer, Given> given = new ConcurrentHashMap<>();

  public Callers(String serviceToken, Clock clock) {
    this.serviceToken = serviceToken.getBytes(UTF_8);
    this.clock = clock;
  }

  private record Given(Caller caller, Instant expiresAt) {}

  @Override
  public void check(@Nullable String authorization) {
    of(authorization);
  }

  /**
   * Returns the caller.
   *
   * @param authorization the header of the request
   * @throws ApiError 401 where it is absent, or its token unknown, expired or revoked
   */
  public Caller of(@Nullable String authorization) {
    String token = token(authorization);
    // In a time that does not depend on how much of it is right.
    if (MessageDigest.isEqual(serviceToken, token.getBytes(UTF_8))) {
      return Caller.serviceToken(null, "Service token of the emulator");
    }
    Given found = given.get(hash(token));
    if (found == null) {
      throw ApiError.unauthenticated("The bearer token is not valid.");
    }
    if (!clock.instant().isBefore(found.expiresAt())) {
      throw ApiError.unauthenticated("The bearer token has expired.");
    }
    return found.caller();
  }

  /**
   * Returns the token in a header.
   *
   * @throws ApiError 401 where there is none
   */
  static String token(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw ApiError.unauthenticated("The request carries no bearer token.");
    }
    return authorization.substring(SCHEME.length()).strip();
  }

  void admit(String token, Caller caller, Instant expiresAt) {
    Instant forgotten = clock.instant().minus(REMEMBERED);
    given.values().removeIf(old -> old.expiresAt().isBefore(forgotten));
    given.put(hash(token), new Given(caller, expiresAt));
  }

  void revoke(String token) {
    given.remove(hash(token));
  }

  private static ByteBuffer hash(String token) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** Leaves the tokens out. */
  @Override
  public String toString() {
    return "Callers[%d for a time]".formatted(given.size());
  }
}
