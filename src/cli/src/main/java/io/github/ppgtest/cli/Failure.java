package io.github.ppgtest.cli;

import io.github.ppgtest.emulator.PrintableText;
import io.github.ppgtest.management.CredentialsException;

/** The message of a failed command. */
final class Failure {
  private Failure() {}

  /** Returns the message: one line, without a stack trace. */
  static String message(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CredentialsException && cause.getMessage() != null) {
        // Without a login, the call that was not made does not matter.
        return PrintableText.of(cause.getMessage());
      }
    }
    return PrintableText.of(
        failure.getMessage() == null ? failure.toString() : failure.getMessage());
  }
}
