package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.faults.FaultPoints;
import io.github.ppgtest.emulator.internal.faults.Strikes;
import java.util.Set;
import java.util.function.BiConsumer;

/** A fault of regions or of provisioning, not of single requests. Immutable. */
final class StateFault extends Fault {
  private final BiConsumer<FaultPoints, Strikes> addition;

  StateFault(String description, BiConsumer<FaultPoints, Strikes> addition) {
    this(description, Integer.MAX_VALUE, addition);
  }

  private StateFault(String description, int times, BiConsumer<FaultPoints, Strikes> addition) {
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
  void addTo(FaultPoints points, Strikes strikes) {
    addition.accept(points, strikes);
  }
}
