package io.github.ppgtest.emulator.internal.http;

import org.jspecify.annotations.Nullable;

/** Decides which requests to the Management API are answered. Safe for use by many threads. */
@FunctionalInterface
public interface Access {

  /**
   * Looks at the {@code Authorization} header of a request.
   *
   * @throws ApiError 401 where it does not let the request in
   */
  void check(@Nullable String authorization);
}
