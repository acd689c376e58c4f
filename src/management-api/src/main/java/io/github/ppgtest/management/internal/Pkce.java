package io.github.ppgtest.management.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The proof key of a login, which binds the answer to it.
 *
 * @param state comes back with the browser
 * @param verifier a secret that is sent only with the code, after its hash
 */
public record Pkce(String state, String verifier) {
  private static final int BYTES = 32;

  /** Makes an unguessable one. */
  public static Pkce random() {
    SecureRandom random = new SecureRandom();
    return new Pkce(text(random), text(random));
  }

  private static String text(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return encode(bytes);
  }

  /** Returns the verifier's hash, by the method S256. */
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
