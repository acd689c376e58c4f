package io.github.ppgtest.emulator.internal.auth;

import java.util.Base64;
import java.util.Random;

/** Makes unguessable texts, of letters, digits, {@code -} and {@code _}. */
public record RandomTokens(Random random) {
  private static final int BYTES = 32;

  public String next() {
    byte[] token = new byte[BYTES];
    random.nextBytes(token);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }
}
