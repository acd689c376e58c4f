package io.github.ppgtest.benchmarks;

import io.github.ppgtest.PrismaPostgresFixture;
import io.github.ppgtest.Provider;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long test classes wait for their databases with provider DEV, whole JVMs at a time,
 * and how much memory an unused server takes. A round that is not counted goes before, so that
 * {@code prisma dev} is installed.
 *
 * <p>From the root of a clone, {@code mvn -q package -Pprisma-dev -pl src/benchmarks -am
 * -DskipTests} runs this; it needs npm, and Linux. {@link RoundTrip} has the queries.
 */
public final class PrismaDev {
  private static final Bound FIRST_CLASS = new Bound("first class", Duration.ofMillis(2500));
  private static final Bound FURTHER_CLASS = new Bound("each further class", Duration.ofMillis(50));
  private static final int ROUNDS = 5;
  private static final int CLASSES = 5;
  private static final int IDLE_SERVERS = 8;

  private final PrintStream out;
  private final List<Duration> first = new ArrayList<>();
  private final List<Duration> further = new ArrayList<>();

  private PrismaDev(PrintStream out) {
    this.out = out;
  }

  /** Runs from the command line, and exits with 1 if a bound was missed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(new PrismaDev(System.out).run() ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    try (ChildJvm jvm = ChildJvm.inNewDirectory()) {
      jvm.run(Contender.DEV, 2);
      for (int i = 0; i < ROUNDS; i++) {
        List<Duration> rows = jvm.run(Contender.DEV, CLASSES).firstRows();
        first.add(rows.get(0));
        further.addAll(rows.subList(1, rows.size()));
      }
    }
    Samples firstClass = new Samples(first);
    Samples furtherClass = new Samples(further);
    out.println("first class: " + firstClass);
    out.println("each further class: " + furtherClass);
    printMemory();
    out.println(FIRST_CLASS.verdict(firstClass));
    out.println(FURTHER_CLASS.verdict(furtherClass));
    return FIRST_CLASS.keptBy(firstClass) && FURTHER_CLASS.keptBy(furtherClass);
  }

  private void printMemory() throws IOException {
    List<PrismaPostgresFixture> idle = new ArrayList<>();
    try {
      for (int i = 0; i < IDLE_SERVERS; i++) {
        PrismaPostgresFixture fixture =
            PrismaPostgresFixture.builder().provider(Provider.DEV).label("idle").build();
        idle.add(fixture);
        fixture.start();
        out.printf("%d idle servers: %d MiB%n", i + 1, DevHostProcess.find().memory());
      }
    } finally {
      idle.forEach(PrismaPostgresFixture::stop);
    }
  }
}
