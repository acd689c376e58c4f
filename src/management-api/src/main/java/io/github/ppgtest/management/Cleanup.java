package io.github.ppgtest.management;

/** Undoes a step after a failure of the next. */
final class Cleanup {
  private Cleanup() {}

  /** Runs {@code undo}; if it fails too, that is added to the failure as suppressed. */
  static void after(ManagementApiException failure, Runnable undo) {
    try {
      undo.run();
    } catch (ManagementApiException e) {
      failure.addSuppressed(e);
    }
  }
}
