package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.benchmarks.JvmRun;
import io.github.ppgtest.testsupport.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Test classes of one contender in a JVM of their own.
 *
 * @param contender the contender
 * @param classes how many
 * @param work how long each of their tests goes on after its first row
 * @param parallelism how many of them run at once
 */
record TestRun(Contender contender, int classes, Duration work, int parallelism) {

  /** One class after the other, without a pause. */
  static TestRun of(Contender contender, int classes) {
    return new TestRun(contender, classes, Duration.ZERO, 1);
  }

  TestRun working(Duration work) {
    return new TestRun(contender, classes, work, parallelism);
  }

  TestRun parallel(int parallelism) {
    return new TestRun(contender, classes, work, parallelism);
  }

  /**
   * Runs them.
   *
   * @param directory where, which stays; without a .env
   * @throws IllegalStateException if a test failed, with the JVM's output
   */
  Waited in(Path directory) throws IOException, InterruptedException {
    return Waited.read(run(directory, List.of(), Map.of()), tests());
  }

  /** Returns the number of tests. */
  int tests() {
    return classes * contender.methods();
  }

  /**
   * Runs them, and returns the output.
   *
   * @param options of the JVM
   * @param environment its variables beside this JVM's
   */
  JvmRun run(Path directory, List<String> options, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path made = Files.createDirectories(directory.resolve("classes"));
    MadeClasses.write(contender.template(), classes, made);
    List<Path> classPath = new ArrayList<>(contender.classPath(JvmCommand.classPath()));
    classPath.add(0, made);
    List<String> all = new ArrayList<>(options);
    all.add("-D%s=%d".formatted(Shop.WORK, work.toMillis()));
    all.add("-D%s=%s".formatted(Container.IMAGE, Container.image()));
    // The directory that zonky unpacks into; the default would stay in the temporary directory for
    // good.
    all.add("-Dot.epg.working-dir=" + directory.resolve("zonky"));
    all.add("-D%s=%s".formatted(TestJvm.BEGAN, Instant.now()));
    ProcessBuilder command =
        JvmCommand.builder(
            directory,
            classPath,
            all,
            TestJvm.class,
            contender.template().getName(),
            Integer.toString(classes),
            Integer.toString(parallelism));
    command.environment().putAll(environment);
    return JvmRun.of(command, directory, toString());
  }

  @Override
  public String toString() {
    return "%d classes of \"%s\"".formatted(classes, contender);
  }
}
