package io.github.ppgtest.emulator.internal.postgres;

import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable random text, of letters, digits, {@code -} and {@code _}. */
final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** Makes one of so many random bytes. */
  static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
