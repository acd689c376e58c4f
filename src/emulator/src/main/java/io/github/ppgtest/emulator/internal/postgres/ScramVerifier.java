package io.github.ppgtest.emulator.internal.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The verifier that PostgreSQL stores of a password (SCRAM-SHA-256, RFC 5802) and takes in its
 * place: so the password is in no statement, which drivers and servers log.
 */
final class ScramVerifier {
  /** PostgreSQL's own number, which drivers before 42.7.4 insist on. */
  private static final int ITERATIONS = 4096;

  private static final int SALT_BYTES = 16;
  private static final int KEY_BITS = 256;
  private static final String HMAC = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  private ScramVerifier() {}

  /**
   * Makes one with a new salt.
   *
   * @param password of ASCII without spaces, as all are that the emulator makes: SASLprep leaves
   *     them as they are
   */
  static String of(String password) {
    return of(password, ITERATIONS);
  }

  /** Makes one that costs the server and its clients so many rounds at each login. */
  static String of(String password, int iterations) {
    if (!password.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("A password holds what is not of ASCII, or a space.");
    }
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    try {
      Mac hmac = Mac.getInstance(HMAC);
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2With" + HMAC)
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS))
              .getEncoded();
      hmac.init(new SecretKeySpec(salted, HMAC));
      byte[] clientKey = hmac.doFinal("Client Key".getBytes(US_ASCII));
      byte[] serverKey = hmac.doFinal("Server Key".getBytes(US_ASCII));
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
      Base64.Encoder base64 = Base64.getEncoder();
      return "SCRAM-SHA-256$%d:%s$%s:%s"
          .formatted(
              iterations,
              base64.encodeToString(salt),
              base64.encodeToString(storedKey),
              base64.encodeToString(serverKey));
    } catch (GeneralSecurityException e) {
      throw new DatabaseEngineException("This JVM cannot hash a password: " + e.getMessage(), e);
    }
  }
}
