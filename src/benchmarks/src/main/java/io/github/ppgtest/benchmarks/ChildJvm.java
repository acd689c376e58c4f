package io.github.ppgtest.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** JVMs like this one, each to run the test classes of a contender and end. */
final class ChildJvm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path directory;
  private final Path out;
  private final Path errors;

  private ChildJvm(Path directory) {
    this.directory = directory;
    // Files, because a server that outlives the JVM would hold a pipe open.
    this.out = directory.resolve("out.txt");
    this.errors = directory.resolve("errors.txt");
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
    Process process =
        builder(contender, classes)
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      process.getOutputStream().close();
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Instant gone = Instant.now();
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(
            "The JVM that ran %d classes of %s %s. It printed: %s%s"
                .formatted(
                    classes,
                    contender,
                    ended ? "failed" : "did not end within " + PATIENCE.toMinutes() + " minutes",
                    Files.readString(out),
                    Files.readString(errors)));
      }
      return Measurement.parse(Files.readAllLines(out), gone);
    } finally {
      // Not forcibly: it has servers to stop.
      process.destroy();
    }
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
