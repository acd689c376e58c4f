package io.github.ppgtest.emulator.internal.http;

/**
 * A request that was admitted by its head, before its body is read.
 *
 * @param isAuthenticated whether it has shown a token, or the secret of a path
 */
record Admission(RequestHead head, Router.Match match, boolean isAuthenticated) {
  private static final int LARGEST_BODY = 1024 * 1024;
  private static final int LARGEST_UNAUTHENTICATED_BODY = 16 * 1024;

  int largestBody() {
    return isAuthenticated ? LARGEST_BODY : LARGEST_UNAUTHENTICATED_BODY;
  }
}
