package io.github.ppgtest.emulator.internal.http;

/** Answers the requests of one route. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers one request; called by many threads at once.
   *
   * @throws ApiError to answer with an error
   */
  Response handle(Request request);
}
