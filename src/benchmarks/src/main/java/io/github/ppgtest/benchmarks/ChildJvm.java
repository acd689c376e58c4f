package io.github.ppgtest.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** JVMs like this one, each to run the test classes of a contender and end. */
final class ChildJvm implements AutoCloseable {
  private final Path directory;

  private ChildJvm(Path directory) {
    this.directory = directory;
  }

  /** Makes JVMs that run in a directory of their own: empty, so that no .env has a say. */
  static ChildJvm inNewDirectory() throws IOException {
    return new ChildJvm(Files.createTempDirectory("ppgtest-benchmarks"));
  }

  /**
   * Runs so many test classes of a contender in a JVM of their own.
   *
   * @throws IllegalStateException if a test failed, with what the JVM printed
   */
  Measurement run(Contender contender, int classes) throws IOException, InterruptedException {
    JvmRun run =
        JvmRun.of(
            builder(contender, classes),
            directory,
            "%d classes of %s".formatted(classes, contender));
    return Measurement.parse(run.lines(), run.gone());
  }

  private ProcessBuilder builder(Contender contender, int classes) {
    List<String> options =
        List.of(
            "-Dppgtest.provider=EMBEDDED",
            // What zonky unpacks; it would stay in the temporary directory for good.
            "-Dot.epg.working-dir=" + directory.resolve("zonky"));
    return JvmCommand.builder(
        directory, options, RunTests.class, contender.toString(), Integer.toString(classes));
  }

  /** Deletes the directory, with what the JVMs printed and unpacked there. */
  @Override
  public void close() throws IOException {
    FileTree.delete(directory);
  }
}
