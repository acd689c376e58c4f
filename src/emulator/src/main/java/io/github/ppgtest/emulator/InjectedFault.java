package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.faults.FaultCounter;

/**
 * A fault in an emulator: counts how often it strikes, and is there until it is closed.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class InjectedFault implements AutoCloseable {
  private final Fault fault;
  private final FaultCounter counter;

  InjectedFault(Fault fault, FaultCounter counter) {
    this.fault = fault;
    this.counter = counter;
  }

  /** Returns how often it has struck so far. A strike counts from its beginning. */
  public int count() {
    return counter.count();
  }

  /** Ends the fault; requests that it delays go on at once. Closing again does nothing. */
  @Override
  public void close() {
    counter.end();
  }

  @Override
  public String toString() {
    return "InjectedFault[%s, count=%d]".formatted(fault, count());
  }
}
