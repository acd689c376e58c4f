package io.github.ppgtest.cli;

import java.util.List;

/** Has GitHub Actions hide in its log what must not be seen there. Elsewhere it does nothing. */
public final class SecretMask {
  private SecretMask() {}

  /** Masks secrets, before anybody can print them. */
  public static void mask(List<String> secrets) {
    if ("true".equals(System.getenv("GITHUB_ACTIONS"))) {
      for (String secret : secrets) {
        // The runner takes commands from both streams; what is asked for is on the other one.
        System.err.println("::add-mask::" + escaped(secret));
      }
      System.err.flush();
    }
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
