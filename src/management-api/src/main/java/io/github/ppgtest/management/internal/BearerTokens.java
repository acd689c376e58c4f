package io.github.ppgtest.management.internal;

/** The syntax of a token. */
public final class BearerTokens {
  private BearerTokens() {}

  /**
   * Returns whether a header can carry it: the JDK would refuse it otherwise, and quote it in the
   * message.
   */
  public static boolean fits(String token) {
    return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
