package io.github.ppgtest.benchmarks.speed;

import java.time.Duration;

/**
 * The scale of the measurement.
 *
 * @param rounds how often each JVM is run
 * @param many how many classes run where they are quick
 * @param few how many run where each takes a second or more
 * @param run how many databases the longest run has; a multiple of four
 * @param creation how long the slow cloud takes to create a database; it takes half of that to make
 *     it ready, and to delete it
 */
record Scale(int rounds, int many, int few, int run, Duration creation) {
  /** The scale of the README's figures. */
  static final Scale FULL = new Scale(3, 100, 10, 1000, Duration.ofSeconds(2));

  /** A scale that only shows that everything works. */
  static final Scale SHORT = new Scale(1, 3, 2, 8, Duration.ofMillis(200));
}
