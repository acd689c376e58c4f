package io.github.ppgtest.leaktests;

import io.github.ppgtest.testsupport.FileTree;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Kills JVMs while their test classes have databases, at random moments and by all means, and
 * counts what is left afterwards; then lets all JVMs live, and everything fail now and then.
 *
 * <p>From the root of a clone, {@code mvn -q package -Pcampaign -pl src/leak-tests -am -DskipTests
 * -Dcampaign.args="1000 SEED"} runs it, on Linux. The same seed makes the same plans; {@code
 * "--only NUMBER SEED"} repeats one of them. It exits with 1 if anything was left behind, or
 * anything of others was touched.
 */
public final class Campaign {
  /** A death is as much waiting as work. */
  private static final int LANES = 2 * Runtime.getRuntime().availableProcessors();

  /** Of so many, this share is to come to its moment and die as planned. */
  private static final int ENOUGH = 20;

  private static final double LEAST_MET = 0.7;

  private final PrintStream out;
  private final Plans plans;
  private final Path directory;
  private final PreparedCache cache;
  private final List<Death> deaths = Collections.synchronizedList(new ArrayList<>());
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

  private Campaign(PrintStream out, long seed, Path directory) throws IOException {
    this.out = out;
    this.plans = new Plans(seed, hasNpm(), Storage.canMount(directory.resolve("disk")));
    this.directory = directory;
    this.cache = new PreparedCache(directory.resolve("cache"));
  }

  /**
   * Runs from the command line.
   *
   * @param arguments how many deaths, and the seed, which is drawn where there is none; or {@code
   *     --only}, the number of one and the seed
   */
  public static void main(String[] arguments) throws Exception {
    boolean only = arguments.length > 0 && arguments[0].equals("--only");
    List<String> numbers = List.of(arguments).subList(only ? 1 : 0, arguments.length);
    int number = numbers.isEmpty() ? 1000 : Integer.parseInt(numbers.get(0));
    long seed =
        numbers.size() < 2 ? new SecureRandom().nextInt(1_000_000) : Long.parseLong(numbers.get(1));
    boolean passed = run(System.out, only ? number : 1, number, seed);
    if (!only) {
      passed &= FailingNowAndThen.run(System.out, 200, seed);
    }
    System.exit(passed ? 0 : 1);
  }

  /**
   * Lets victims die.
   *
   * @param first the number of the first plan
   * @param last the number of the last one
   * @return whether nothing was left, and nothing of others touched
   */
  static boolean run(PrintStream out, int first, int last, long seed) throws Exception {
    out.printf("Seed %d%n", seed);
    Path directory = newDirectory("ppgtest-leaks");
    Campaign campaign = new Campaign(out, seed, directory);
    campaign.run(first, last);
    boolean passed = campaign.report();
    if (passed) {
      FileTree.delete(directory);
    } else {
      out.printf("Seed %d. The logs are in %s.%n", seed, directory);
    }
    return passed;
  }

  /** Makes one in which PostgreSQL may have its files too, which runs as another user for root. */
  static Path newDirectory(String name) throws IOException {
    Path directory = Files.createTempDirectory(name);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    return directory;
  }

  private void run(int first, int last) throws Exception {
    plans.leftOut().forEach(what -> out.println("Left out: " + what));
    AtomicInteger next = new AtomicInteger(first);
    ExecutorService threads = Executors.newFixedThreadPool(LANES);
    try (SharedMemory memory = SharedMemory.watched()) {
      List<Future<?>> lanes = new ArrayList<>();
      for (int i = 0; i < Math.min(LANES, last - first + 1); i++) {
        Path place = directory.resolve("lane" + i);
        lanes.add(threads.submit((Callable<Void>) () -> runLane(place, next, last, memory)));
      }
      for (Future<?> lane : lanes) {
        lane.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Seed %d: a lane failed".formatted(plans.seed()), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Void runLane(Path place, AtomicInteger next, int last, SharedMemory memory)
      throws Exception {
    // Ledgers of its own: the next JVM that sweeps is to find them free.
    Path state = Files.createDirectories(place.resolve("state"));
    try (Lane lane = Lane.open(place, state, cache, memory)) {
      for (int number = next.getAndIncrement(); number <= last; number = next.getAndIncrement()) {
        lane.run(plans.plan(number), this::add);
      }
      wrong.addAll(lane.end());
    }
    wrong.addAll(left(state));
    return null;
  }

  /** When all is over, no ledger is left of anybody. */
  private static List<String> left(Path state) throws IOException {
    Path ledgers = state.resolve("ppgtest");
    if (!Files.exists(ledgers)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(ledgers)) {
      return files
          .filter(file -> file.toString().endsWith(".ledger"))
          .map(file -> "at the end, ledger " + file)
          .toList();
    }
  }

  private void add(Death death) {
    synchronized (deaths) {
      deaths.add(death);
      print(death);
    }
  }

  private void print(Death death) {
    if (!death.left().isEmpty()) {
      out.printf("LEFT by %s%n  last seen: %s%n", death.plan(), death.last());
      death.left().forEach(line -> out.println("  " + line));
      out.printf("  repeat it with \"--only %d %d\"%n", death.plan().number(), plans.seed());
    } else if (deaths.size() % 25 == 0) {
      out.printf(
          "%d deaths, %d of which left something%n",
          deaths.size(), deaths.stream().filter(any -> !any.left().isEmpty()).count());
    }
  }

  private boolean report() {
    DeathReport report = new DeathReport(deaths);
    report.lines().forEach(out::println);
    if (deaths.size() >= ENOUGH && report.met() < deaths.size() * LEAST_MET) {
      wrong.add("most victims did not come to their moments, so that this proves nothing");
    }
    wrong.forEach(line -> out.println("WRONG: " + line));
    return wrong.isEmpty() && deaths.stream().allMatch(death -> death.left().isEmpty());
  }

  private static boolean hasNpm() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "npm")));
  }
}
