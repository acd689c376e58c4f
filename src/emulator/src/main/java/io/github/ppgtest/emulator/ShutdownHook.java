package io.github.ppgtest.emulator;

/**
 * A shutdown hook that runs in the thread that ends the JVM where no other can be started: else the
 * JVM would leave it out, and all hooks after it, when a limit of threads is reached.
 *
 * @since 0.1.0
 */
public final class ShutdownHook extends Thread {
  private final Runnable work;

  /**
   * Creates it; registering it is the caller's.
   *
   * @param work what to do when the JVM ends
   * @param name the thread's name
   */
  public ShutdownHook(Runnable work, String name) {
    super(work, name);
    this.work = work;
  }

  @Override
  public synchronized void start() {
    try {
      super.start();
    } catch (OutOfMemoryError e) {
      work.run();
    }
  }
}
