package io.github.ppgtest.management.internal;

/** Thrown for a wrong field of an answer; has its name, never its value. */
final class UnexpectedShapeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnexpectedShapeException(String problem) {
    super(problem);
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
