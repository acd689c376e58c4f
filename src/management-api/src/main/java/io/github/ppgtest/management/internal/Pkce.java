package io.github.ppgtest.management.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What binds the answer to a login to who began it.
 *
 * @param state comes back with the browser
 * @param verifier a secret that is shown only with the code, and whose hash is shown before
 */
public record Pkce(String state, String verifier) {
  private static final int BYTES = 32;

  /** Makes one that nobody can guess. */
  public static Pkce random() {
    SecureRandom random = new SecureRandom();
    return new Pkce(text(random), text(random));
  }

  private static String text(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return encode(bytes);
  }

  /** The verifier's hash, as the method S256 has it. */
  public String challenge() {
    try {
      return encode(
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Pkce[hidden]";
  }
}
