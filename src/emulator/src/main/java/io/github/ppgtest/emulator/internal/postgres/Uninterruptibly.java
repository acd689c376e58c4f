package io.github.ppgtest.emulator.internal.postgres;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Waits that an interrupt does not cut short: a server that is not awaited leaves shared memory
 * behind. Each has a timeout of its own. The thread stays interrupted.
 */
final class Uninterruptibly {
  private Uninterruptibly() {}

  /** A wait that an interrupt ends. */
  interface Wait<T> {
    T get() throws InterruptedException, ExecutionException, TimeoutException;
  }

  /** Waits, and once more after an interrupt. */
  static <T> T get(Wait<T> wait) throws ExecutionException, TimeoutException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
