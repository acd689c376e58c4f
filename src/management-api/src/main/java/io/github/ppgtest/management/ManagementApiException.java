package io.github.ppgtest.management;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call to the Management API failed; the subclasses are the kinds of failure. The
 * message names the call, the API's reason, and what to do next. Neither the token nor a connection
 * string is ever part of it.
 *
 * @since 0.1.0
 */
public abstract class ManagementApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailedRequest call;

  /**
   * Creates the exception.
   *
   * @param call the facts
   * @param advice what to do next, in whole sentences
   * @param cause the cause, or null
   */
  protected ManagementApiException(FailedRequest call, String advice, @Nullable Throwable cause) {
    super(call.describe() + " " + advice, cause);
    this.call = call;
  }

  /**
   * Returns the HTTP method.
   *
   * @return for example {@code POST}
   */
  public String method() {
    return call.method();
  }

  /**
   * Returns the path and query.
   *
   * @return for example {@code /v1/databases}
   */
  public String path() {
    return call.path();
  }

  /**
   * Returns the HTTP status.
   *
   * @return the status, or empty where no answer came
   */
  public OptionalInt status() {
    return call.status() == 0 ? OptionalInt.empty() : OptionalInt.of(call.status());
  }

  /**
   * Returns the API's error code.
   *
   * @return for example {@code resource-not-found}, or empty where the API gave none
   */
  public Optional<String> code() {
    return Optional.ofNullable(call.code());
  }

  /**
   * Returns the API's own message, a part of {@link #getMessage()}.
   *
   * @return the message, or empty where the API gave none
   */
  public Optional<String> apiMessage() {
    return Optional.ofNullable(call.reason());
  }

  /**
   * Returns the API's hint.
   *
   * @return the hint, or empty where the API gave none
   */
  public Optional<String> hint() {
    return Optional.ofNullable(call.hint());
  }

  /**
   * Returns how often the call was tried.
   *
   * @return at least 1
   */
  public int attempts() {
    return call.attempts();
  }

  /**
   * Returns all the facts of the call at once.
   *
   * @return the facts
   */
  public FailedRequest call() {
    return call;
  }
}
