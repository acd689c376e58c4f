package io.github.ppgtest.management.internal;

/** Says which field of an answer is not as it should be, by its name; never by its value. */
final class UnexpectedShapeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnexpectedShapeException(String problem) {
    super(problem);
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
