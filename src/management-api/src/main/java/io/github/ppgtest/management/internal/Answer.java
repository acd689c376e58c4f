package io.github.ppgtest.management.internal;

import java.net.http.HttpResponse;
import java.util.Optional;

/** What came back for a call. Its body may hold credentials, so it never shows it. */
public final class Answer {
  private final ApiCall call;
  private final HttpResponse<String> response;
  private final int attempts;

  Answer(ApiCall call, HttpResponse<String> response, int attempts) {
    this.call = call;
    this.response = response;
    this.attempts = attempts;
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
    return response.body();
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  HttpResponse<String> response() {
    return response;
  }

  int attempts() {
    return attempts;
  }

  @Override
  public String toString() {
    return "Answer[" + call.method() + " " + call.path() + ", " + status() + "]";
  }
}
