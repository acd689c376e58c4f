package io.github.ppgtest.management;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the API refused the request (400, 413 or 422).
 *
 * @since 0.1.0
 */
public final class ValidationException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String field;

  /**
   * Creates the exception.
   *
   * @param call the facts
   * @param field the field that the API named, or null where it named none
   */
  public ValidationException(FailedRequest call, @Nullable String field) {
    super(
        call,
        field == null
            ? "Correct the request as the message says."
            : "Correct the field \"" + field + "\" of the request.",
        null);
    this.field = field;
  }

  /**
   * Returns the invalid field of the request.
   *
   * @return its name, or empty where the API named none
   */
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }
}
