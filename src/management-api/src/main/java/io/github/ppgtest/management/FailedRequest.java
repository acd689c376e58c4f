package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a call that failed. Immutable, and free of secrets: the API's words are redacted
 * before.
 *
 * @param method the HTTP method
 * @param path the path and query, for example {@code /v1/databases/db_…}
 * @param status the HTTP status, or 0 where no answer came
 * @param code the API's error code, or null where it gave none
 * @param reason the API's message, or null where it gave none
 * @param hint the API's hint, or null where it gave none
 * @param attempts how often the call was tried, at least 1
 * @param retryAfter how long the API asked to wait, or null where it did not
 * @since 0.1.0
 */
public record FailedRequest(
    String method,
    String path,
    int status,
    @Nullable String code,
    @Nullable String reason,
    @Nullable String hint,
    int attempts,
    @Nullable Duration retryAfter)
    implements Serializable {
  /** Checks the parts. */
  public FailedRequest {
    Check.text(method, "method");
    Check.text(path, "path");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1 but is " + attempts);
    }
  }

  /** Describes in one or more sentences what failed, on which resource, and the API's reason. */
  String describe() {
    StringBuilder text = new StringBuilder(method).append(' ').append(path);
    text.append(status == 0 ? " got no answer" : " was answered " + status);
    if (attempts > 1) {
      text.append(" after ").append(attempts).append(" attempts");
    }
    if (code != null) {
      text.append(": ").append(code);
    }
    if (reason != null) {
      text.append(": ").append(reason);
    }
    end(text);
    if (hint != null) {
      end(text.append(" Hint: ").append(hint));
    }
    return text.toString();
  }

  private static void end(StringBuilder text) {
    char last = text.charAt(text.length() - 1);
    if (last != '.' && last != '!' && last != '?') {
      text.append('.');
    }
  }
}
