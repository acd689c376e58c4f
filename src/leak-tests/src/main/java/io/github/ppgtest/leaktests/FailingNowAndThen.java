package io.github.ppgtest.leaktests;

import io.github.ppgtest.Provider;
import io.github.ppgtest.testsupport.FileTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets one in twenty requests to the cloud fail or be slow, while no JVM dies: all classes are to
 * pass, with no more than twice the creations and deletions that they need when all is well.
 */
final class FailingNowAndThen {
  private static final double SHARE = 0.05;
  private static final int CLASSES_OF_A_JVM = VictimClasses.calm().size();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Cloud cloud;
  private final Path directory;
  private final List<String> failures = new ArrayList<>();

  private FailingNowAndThen(Cloud cloud, Path directory) {
    this.cloud = cloud;
    this.directory = directory;
  }

  /** Runs so many classes twice, and returns whether it went as it is to. */
  static boolean run(PrintStream out, int classes, long seed)
      throws IOException, InterruptedException {
    out.printf(
        "Seed %d: %d classes, and %.0f %% of all requests struck%n", seed, classes, SHARE * 100);
    Path directory = Campaign.newDirectory("ppgtest-troubled");
    boolean passed;
    try (Cloud cloud = Cloud.start(directory)) {
      passed =
          new FailingNowAndThen(cloud, directory).compare(out, classes / CLASSES_OF_A_JVM, seed);
    }
    if (passed) {
      FileTree.delete(directory);
    } else {
      out.printf("Seed %d. The logs are in %s.%n", seed, directory);
    }
    return passed;
  }

  private boolean compare(PrintStream out, int jvms, long seed)
      throws IOException, InterruptedException {
    cloud.clear();
    runClasses("calm", jvms);
    long calm = cloud.creationsAndDeletions();
    cloud.clear();
    cloud.trouble(SHARE, seed);
    runClasses("troubled", jvms);
    long troubled = cloud.creationsAndDeletions();
    long struck = cloud.struck();
    cloud.clear();
    List<String> left = cloud.contents().values().stream().toList();
    out.printf(
        "%d creations and deletions when all is well, %d when %d requests are struck: %.2f times as many%n",
        calm, troubled, struck, (double) troubled / calm);
    failures.forEach(out::println);
    left.forEach(line -> out.println("LEFT: " + line));
    return failures.isEmpty() && left.isEmpty() && struck > 0 && troubled <= 2 * calm;
  }

  private void runClasses(String name, int jvms) throws IOException, InterruptedException {
    for (int i = 0; i < jvms; i++) {
      Plan plan = Plan.calm(Provider.CLOUD, true);
      Path home = Files.createDirectories(directory.resolve(name + i));
      Events events = new Events();
      Surroundings surroundings =
          new Surroundings(cloud.url(), cloud.token(), "", directory.resolve("state"));
      try (Victim victim =
          Victim.start(plan, surroundings, home, home.resolve("run.log"), "calm", events)) {
        if (!victim.ended(PATIENCE)) {
          failures.add("JVM " + name + i + " did not end");
        }
      }
      events.all().stream().filter(line -> line.startsWith("LEAKS failure")).forEach(failures::add);
      if (events.await("LEAKS all ended", 1, Duration.ofMinutes(1)).isEmpty()) {
        failures.add("JVM " + name + i + " died: " + events.last());
      }
    }
  }
}
