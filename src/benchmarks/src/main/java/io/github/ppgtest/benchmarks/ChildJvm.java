package io.github.ppgtest.benchmarks;

import io.github.ppgtest.testsupport.FileTree;
import io.github.ppgtest.testsupport.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a contender's test classes in JVMs like this one. */
final class ChildJvm implements AutoCloseable {
  private final Path directory;

  private ChildJvm(Path directory) {
    this.directory = directory;
  }

  /** Returns a runner in a directory of its own: empty, so that there is no .env. */
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
            // The directory that zonky unpacks into; the default would stay in the temporary
            // directory for good.
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
