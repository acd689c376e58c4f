package io.github.ppgtest.emulator.internal.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The counter of a fault: how often it has struck and may still strike, and whether it has ended.
 * Thread-safe.
 */
public final class FaultCounter {
  private final int most;
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Runnable> atEnd = new ArrayList<>();
  private int count;

  /**
   * Counts from 0.
   *
   * @param most how often it may strike
   */
  public FaultCounter(int most) {
    this.most = most;
  }

  /** Whether it would strike now. */
  synchronized boolean areLeft() {
    return end.getCount() > 0 && count < most;
  }

  /** Strikes if it may. */
  synchronized boolean strike() {
    if (!areLeft()) {
      return false;
    }
    count++;
    return true;
  }

  public synchronized int count() {
    return count;
  }

  /** Waits for a duration, or until the fault ends. */
  void await(Duration duration) throws InterruptedException {
    end.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs an action when the fault ends; at once where it has ended. */
  public void atEnd(Runnable action) {
    synchronized (this) {
      if (end.getCount() > 0) {
        atEnd.add(action);
        return;
      }
    }
    action.run();
  }

  /** Ends the fault; again does nothing. */
  public void end() {
    List<Runnable> actions;
    synchronized (this) {
      end.countDown();
      actions = List.copyOf(atEnd);
      atEnd.clear();
    }
    // Not under the lock: actions take other locks.
    actions.forEach(Runnable::run);
  }
}
