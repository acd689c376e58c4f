package io.github.ppgtest.management.internal;

/** What a token has to look like. */
public final class BearerTokens {
  private BearerTokens() {}

  /**
   * Tells whether a header can carry it: the JDK would refuse it otherwise, and quote it in saying
   * so.
   */
  public static boolean fits(String token) {
    return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
