package io.github.ppgtest.emulator;

/** Closes an emulator at the end of the JVM unless it is closed already. Thread-safe. */
final class ExitHook {
  private static final UserLog log = UserLog.of(ExitHook.class.getName());

  private final Thread thread;

  private ExitHook(Thread thread) {
    this.thread = thread;
  }

  static ExitHook closing(AutoCloseable emulator) {
    Thread thread =
        new ShutdownHook(
            () -> {
              try {
                emulator.close();
              } catch (Exception e) {
                log.error("The emulator could not be closed at the end of the JVM", e);
              }
            },
            "ppgtest-emulator-exit");
    Runtime.getRuntime().addShutdownHook(thread);
    return new ExitHook(thread);
  }

  /** Removes the hook. Does nothing when the JVM is ending already. */
  void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      // The end has begun, and the hook finds the emulator closed.
    }
  }
}
