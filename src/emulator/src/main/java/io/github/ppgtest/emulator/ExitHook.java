package io.github.ppgtest.emulator;

/** Closes an emulator at the end of the JVM unless it is closed already. Thread-safe. */
final class ExitHook {
  private static final UserLog log = UserLog.of(ExitHook.class.getName());

  private final Thread thread;

  private ExitHook(Thread thread) {
    this.thread = thread;
  }

  /**
   * Refuses a start that no hook could undo.
   *
   * @throws EmulatorStartException if the JVM is ending
   */
  static void refuseAtTheEnd() {
    try {
      Runtime.getRuntime().removeShutdownHook(new Thread());
    } catch (IllegalStateException e) {
      throw new EmulatorStartException(
          "No emulator can be started any more: this JVM is shutting down.", e);
    }
  }

  /**
   * Registers the hook.
   *
   * @throws EmulatorStartException if the JVM has begun to end; the emulator is closed then
   */
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
    try {
      Runtime.getRuntime().addShutdownHook(thread);
    } catch (IllegalStateException e) {
      thread.run();
      throw new EmulatorStartException(
          "The emulator was closed again: this JVM is shutting down.", e);
    }
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
