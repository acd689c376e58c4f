package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.faults.FaultCounter;
import io.github.ppgtest.emulator.internal.faults.FaultPoints;
import java.util.Set;
import java.util.function.BiConsumer;

/** A fault of regions or of provisioning, not of single requests. Immutable. */
final class StateFault extends Fault {
  private final BiConsumer<FaultPoints, FaultCounter> addition;

  StateFault(String description, BiConsumer<FaultPoints, FaultCounter> addition) {
    this(description, Integer.MAX_VALUE, addition);
  }

  private StateFault(
      String description, int times, BiConsumer<FaultPoints, FaultCounter> addition) {
    super(description, times);
    this.addition = addition;
  }

  @Override
  public Fault times(int times) {
    return new StateFault(description(), checked(times), addition);
  }

  @Override
  Set<String> routes() {
    return Set.of();
  }

  @Override
  void addTo(FaultPoints points, FaultCounter counter) {
    addition.accept(points, counter);
  }
}
