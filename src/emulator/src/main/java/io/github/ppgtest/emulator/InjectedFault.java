package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.faults.Strikes;

/**
 * A fault in an emulator: counts how often it strikes, and is there until it is closed.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class InjectedFault implements AutoCloseable {
  private final Fault fault;
  private final Strikes strikes;

  InjectedFault(Fault fault, Strikes strikes) {
    this.fault = fault;
    this.strikes = strikes;
  }

  /**
   * Returns how often it has struck so far. It counts when it begins to, and not when it is over.
   */
  public int count() {
    return strikes.count();
  }

  /** Ends the fault, and what it holds up goes on at once. Closing again does nothing. */
  @Override
  public void close() {
    strikes.end();
  }

  @Override
  public String toString() {
    return "InjectedFault[%s, count=%d]".formatted(fault, count());
  }
}
