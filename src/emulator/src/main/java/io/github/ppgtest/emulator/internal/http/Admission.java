package io.github.ppgtest.emulator.internal.http;

/**
 * A request that is let in by its head, and whose body is read.
 *
 * @param isKnown whether it has shown a token, or the secret of a path
 */
record Admission(RequestHead head, Router.Match match, boolean isKnown) {
  private static final int LARGEST_BODY = 1024 * 1024;
  private static final int LARGEST_OF_A_STRANGER = 16 * 1024;

  int largestBody() {
    return isKnown ? LARGEST_BODY : LARGEST_OF_A_STRANGER;
  }
}
