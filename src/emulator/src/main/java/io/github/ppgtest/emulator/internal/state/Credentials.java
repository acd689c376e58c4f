package io.github.ppgtest.emulator.internal.state;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/** The user name and password of a login. Kept only for the answer that shows it. */
public record Credentials(String username, String password) {
  private static final int USERNAME_BYTES = 32;

  /** A multiple of three, so that Base64 needs no padding. */
  private static final int PASSWORD_BYTES = 24;

  static Credentials random(Random random) {
    byte[] username = new byte[USERNAME_BYTES];
    random.nextBytes(username);
    byte[] password = new byte[PASSWORD_BYTES];
    random.nextBytes(password);
    return new Credentials(
        HexFormat.of().formatHex(username),
        "sk_" + Base64.getUrlEncoder().encodeToString(password));
  }

  /** Keeps the password, for another login. */
  Credentials of(String otherUsername) {
    return new Credentials(otherUsername, password);
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "Credentials[username=%s]".formatted(username);
  }
}
