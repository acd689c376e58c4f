package io.github.ppgtest.testsupport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A small file system in memory. */
public final class Tmpfs implements AutoCloseable {
  private final Path directory;

  private Tmpfs(Path directory) {
    this.directory = directory;
  }

  /** Mounts one; skips the test where this user may not. */
  public static Tmpfs mount(Path directory, int megabytes)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    assumeTrue(
        new ProcessBuilder(
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "mode=755,size=%dm".formatted(megabytes),
                    "tmpfs",
                    directory.toString())
                .inheritIO()
                .start()
                .waitFor()
            == 0,
        "a small file system can only be mounted by root");
    return new Tmpfs(directory);
  }

  public Path directory() {
    return directory;
  }

  /** A process that has just ended may be in it for a moment more. */
  @Override
  public void close() {
    Awaitility.await(directory + " is unmounted")
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                new ProcessBuilder("umount", directory.toString()).inheritIO().start().waitFor()
                    == 0);
  }
}
