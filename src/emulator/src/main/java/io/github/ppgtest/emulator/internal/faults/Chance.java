package io.github.ppgtest.emulator.internal.faults;

import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * The probability that a fault strikes a request.
 *
 * @param probability more than 0, at most 1
 * @param seed the seed of the draws
 */
public record Chance(double probability, long seed) {
  /** Strikes every time. */
  public static final Chance CERTAIN = new Chance(1, 0);

  public Chance {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "The probability is %s; it must be more than 0 and at most 1.".formatted(probability));
    }
  }

  /** Begins to draw: the same sequence for the same seed. The result is thread-safe. */
  public BooleanSupplier draws() {
    Random random = new Random(seed);
    return () -> probability == 1 || random.nextDouble() < probability;
  }

  /** The end of a fault's description; nothing where it always strikes. */
  @Override
  public String toString() {
    return probability == 1 ? "" : " with probability %s, seed %d".formatted(probability, seed);
  }
}
