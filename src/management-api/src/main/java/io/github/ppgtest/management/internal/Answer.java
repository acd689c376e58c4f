package io.github.ppgtest.management.internal;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The answer to a call. Its body may hold credentials, so it never shows it. */
public final class Answer {
  private final ApiCall call;
  private final HttpResponse<BoundedBody.Body> response;
  private final int attempts;
  private final Duration limitReached;

  Answer(ApiCall call, HttpResponse<BoundedBody.Body> response, Attempts attempts) {
    this.call = call;
    this.response = response;
    this.attempts = attempts.count();
    this.limitReached = attempts.limitReached();
  }

  ApiCall call() {
    return call;
  }

  int status() {
    return response.statusCode();
  }

  boolean successful() {
    return status() / 100 == 2;
  }

  String body() {
    return response.body().text();
  }

  /** Whether its body is longer than any that the API sends; then it is not kept. */
  boolean isTooLong() {
    return response.body().isTooLong();
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  HttpResponse<BoundedBody.Body> response() {
    return response;
  }

  int attempts() {
    return attempts;
  }

  /** The time that a call has, where it is why this one was not repeated again; else zero. */
  Duration limitReached() {
    return limitReached;
  }

  @Override
  public String toString() {
    return "Answer[" + call.method() + " " + call.path() + ", " + status() + "]";
  }
}
