package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.testsupport.FileTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the cost of isolation: how long test classes and methods wait for a database with 30
 * tables and 1,000 rows, ppgtest's and other libraries' in the same run; classes in parallel; a
 * cloud that is slow; a run of 1,000 databases.
 *
 * <p>From the root of a clone, {@code mvn -q package -Pspeed -pl src/benchmarks -am -DskipTests}
 * runs it, on Linux, in about ten minutes. {@code -Dbenchmark.args="peers growth"} names the parts
 * that are wanted, of {@code peers}, {@code parallel}, {@code cloud} and {@code growth}, or {@code
 * ours}, which is {@code peers} without them; {@code short} makes them small. Containers are
 * measured where Docker is, of image {@code postgres:17} or {@code -Dbenchmark.image}.
 *
 * <p>It prints a Markdown table for each part and a verdict for each figure, and exits with 1 if
 * one was missed. A test that does not find all rows and migrations, or another's traces, fails the
 * whole measurement.
 */
public final class Speed {
  private final PrintStream out;
  private final Scale scale;

  Speed(PrintStream out, Scale scale) {
    this.out = out;
    this.scale = scale;
  }

  /** Runs from the command line. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(arguments));
    Scale scale = words.remove("short") ? Scale.SHORT : Scale.FULL;
    List<Part> parts =
        words.isEmpty()
            ? List.of(Part.PEERS, Part.PARALLEL, Part.CLOUD, Part.GROWTH)
            : words.stream().map(word -> Part.valueOf(word.toUpperCase(Locale.ROOT))).toList();
    System.exit(new Speed(System.out, scale).run(parts) ? 0 : 1);
  }

  /**
   * Measures, and prints the results.
   *
   * @return whether every figure keeps its bound
   */
  boolean run(List<Part> parts) throws IOException, InterruptedException {
    out.printf(
        "%d processors, Java %s, PostgreSQL 17 for everybody%n",
        Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"));
    List<Verdict> verdicts = new ArrayList<>();
    // Empty, so that there is no .env.
    Path directory = Files.createTempDirectory("ppgtest-benchmarks");
    try {
      for (Part part : parts) {
        Outcome outcome = part.measure(scale, directory);
        out.println();
        outcome.table().forEach(out::println);
        verdicts.addAll(outcome.verdicts());
      }
    } finally {
      FileTree.delete(directory);
    }
    out.println();
    verdicts.forEach(out::println);
    return verdicts.stream().allMatch(Verdict::kept);
  }

  /** A part that can be measured by itself. */
  enum Part {
    OURS {
      @Override
      Outcome measure(Scale scale, Path directory) throws IOException, InterruptedException {
        return new Peers(scale, false).withoutPeers().measure(directory);
      }
    },
    PEERS {
      @Override
      Outcome measure(Scale scale, Path directory) throws IOException, InterruptedException {
        return new Peers(scale, Container.isPossible()).measure(directory);
      }
    },
    PARALLEL {
      @Override
      Outcome measure(Scale scale, Path directory) throws IOException, InterruptedException {
        return Parallel.measure(scale, directory);
      }
    },
    CLOUD {
      @Override
      Outcome measure(Scale scale, Path directory) throws IOException, InterruptedException {
        return CloudRuns.measure(scale, directory);
      }
    },
    GROWTH {
      @Override
      Outcome measure(Scale scale, Path directory) throws IOException, InterruptedException {
        return Growth.measure(scale, directory);
      }
    };

    abstract Outcome measure(Scale scale, Path directory) throws IOException, InterruptedException;
  }
}
