package io.github.ppgtest.cli;

import java.util.List;

/** Masks secrets in the log of GitHub Actions. Elsewhere it does nothing. */
public final class SecretMask {
  private SecretMask() {}

  /** Masks secrets, before they can be printed. */
  public static void mask(List<String> secrets) {
    if ("true".equals(System.getenv("GITHUB_ACTIONS"))) {
      for (String secret : secrets) {
        // The runner takes commands from both streams; results are on the other one.
        System.err.println("::add-mask::" + escaped(secret));
      }
      System.err.flush();
    }
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
