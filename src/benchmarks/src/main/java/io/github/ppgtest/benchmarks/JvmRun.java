package io.github.ppgtest.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that has run to its end.
 *
 * @param lines its output
 * @param began right before it was started
 * @param gone when it was gone
 */
public record JvmRun(List<String> lines, Instant began, Instant gone) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  public JvmRun {
    lines = List.copyOf(lines);
  }

  /**
   * Runs one to its end.
   *
   * @param directory where its output is kept until it is read
   * @param its purpose, for the error
   * @throws IllegalStateException if it failed or did not end, with its output
   */
  public static JvmRun of(ProcessBuilder command, Path directory, String what)
      throws IOException, InterruptedException {
    // Files, because a server that outlives the JVM would hold a pipe open.
    Path out = directory.resolve("out.txt");
    Path errors = directory.resolve("errors.txt");
    command.redirectOutput(out.toFile()).redirectError(errors.toFile());
    Instant began = Instant.now();
    Process process = command.start();
    try {
      process.getOutputStream().close();
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Instant gone = Instant.now();
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(
            "The JVM that ran %s %s. It printed: %s%s"
                .formatted(
                    what,
                    ended ? "failed" : "did not end within " + PATIENCE.toMinutes() + " minutes",
                    Files.readString(out),
                    Files.readString(errors)));
      }
      return new JvmRun(Files.readAllLines(out), began, gone);
    } finally {
      // Not forcibly: it has servers to stop.
      process.destroy();
    }
  }
}
