package io.github.ppgtest.benchmarks;

import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import io.github.ppgtest.testsupport.FileTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how long the command {@code ppgtest} takes, whole processes from their start to their
 * end, with an emulator in this JVM as the cloud: as {@code java -jar ppgtest.jar}, and as the file
 * {@code ppgtest}. Round after round; one that is not counted goes before.
 *
 * <p>From the root of a clone, {@code mvn -q package -Pcommand -pl src/cli,src/benchmarks -am
 * -DskipTests} builds it and runs this. {@code -Dbenchmark.args="DIRECTORY ROUNDS"} names where the
 * two are, and asks for more or less than the default of 11 rounds.
 *
 * <p>It prints a Markdown table, median and extremes in each cell, and a verdict for each bound,
 * and exits with 1 if a bound was missed.
 */
public final class CommandStart {
  private static final int ROUNDS = 11;
  private static final Duration LIMIT = Duration.ofMillis(400);
  private static final List<String> COMMANDS =
      List.of("--help", "regions --help", "regions", "list");

  private final PrintStream out;
  private final Map<String, List<String>> ways = new LinkedHashMap<>();

  CommandStart(PrintStream out, Path directory) {
    this.out = out;
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ways.put(
        "java -jar ppgtest.jar",
        List.of(java, "-jar", directory.resolve("ppgtest.jar").toString()));
    ways.put("ppgtest", List.of(directory.resolve("ppgtest").toString()));
  }

  /**
   * Runs from the command line.
   *
   * @param arguments the directory of the jar and the file, then the number of rounds, which is
   *     optional
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
    Path directory = Path.of(arguments[0]).toAbsolutePath().normalize();
    boolean kept = new CommandStart(System.out, directory).run(rounds);
    System.exit(kept ? 0 : 1);
  }

  /** Measures, prints the results, and returns whether every bound was kept. */
  boolean run(int rounds) throws IOException, InterruptedException {
    out.printf(
        "%d rounds on %d processors, Java %s%n%n",
        rounds, Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"));
    Path home = Files.createTempDirectory("ppgtest-benchmarks");
    try (PrismaPostgresEmulator cloud = PrismaPostgresEmulator.start()) {
      round(home, cloud);
      List<Map<String, Duration>> measured = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        measured.add(round(home, cloud));
      }
      return report(measured);
    } finally {
      FileTree.delete(home);
    }
  }

  private Map<String, Duration> round(Path home, PrismaPostgresEmulator cloud)
      throws IOException, InterruptedException {
    Map<String, Duration> took = new LinkedHashMap<>();
    for (String way : ways.keySet()) {
      for (String command : COMMANDS) {
        String what = way + " " + command;
        JvmRun run = JvmRun.of(process(way, command, home, cloud), home, what);
        took.put(what, Duration.between(run.began(), run.gone()));
      }
    }
    return took;
  }

  private ProcessBuilder process(
      String way, String command, Path home, PrismaPostgresEmulator cloud) {
    List<String> words = new ArrayList<>(ways.getOrDefault(way, List.of()));
    words.addAll(List.of(command.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(words).directory(home.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PPGTEST_") || name.startsWith("JAVA_"));
    environment.put("PPGTEST_API_URL", cloud.apiUrl().toString());
    environment.put("PRISMA_SERVICE_TOKEN", cloud.serviceToken());
    environment.put("XDG_CONFIG_HOME", home.toString());
    environment.put("XDG_STATE_HOME", home.toString());
    return builder;
  }

  private boolean report(List<Map<String, Duration>> measured) {
    out.println("| | " + String.join(" | ", COMMANDS) + " |");
    out.println("| --- |" + " --- |".repeat(COMMANDS.size()));
    boolean kept = true;
    List<String> verdicts = new ArrayList<>();
    for (String way : ways.keySet()) {
      out.print("| " + way + " |");
      for (String command : COMMANDS) {
        String what = way + " " + command;
        Samples samples = new Samples(measured.stream().map(round -> round.get(what)).toList());
        Bound bound = new Bound(what, LIMIT);
        out.print(" " + samples + " |");
        verdicts.add(bound.verdict(samples));
        kept &= bound.keptBy(samples);
      }
      out.println();
    }
    out.println();
    verdicts.forEach(out::println);
    return kept;
  }
}
