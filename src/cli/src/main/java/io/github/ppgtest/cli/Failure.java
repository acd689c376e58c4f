package io.github.ppgtest.cli;

import io.github.ppgtest.emulator.PrintableText;
import io.github.ppgtest.management.CredentialsException;

/** Says to users why a command failed. */
final class Failure {
  private Failure() {}

  /** Returns what is to be said: one line, without a stack trace. */
  static String message(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CredentialsException && cause.getMessage() != null) {
        // Whoever is not logged in need not know which call was not made for that.
        return PrintableText.of(cause.getMessage());
      }
    }
    return PrintableText.of(
        failure.getMessage() == null ? failure.toString() : failure.getMessage());
  }
}
