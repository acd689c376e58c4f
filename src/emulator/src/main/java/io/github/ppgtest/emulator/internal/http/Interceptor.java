package io.github.ppgtest.emulator.internal.http;

/** Stands between requests and who answers them. Safe for use by many threads. */
@FunctionalInterface
public interface Interceptor {

  /**
   * Returns who answers a request in place of the route's handler, or that one.
   *
   * @param template the route's path, such as {@code /v1/projects/{id}}
   */
  Handler around(String method, String template, Handler handler);
}
