package io.github.ppgtest.emulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory. */
final class Tmpfs implements AutoCloseable {
  private final Path directory;

  private Tmpfs(Path directory) {
    this.directory = directory;
  }

  /** Mounts one; skips the test where this user may not. */
  static Tmpfs mount(Path directory, int megabytes) throws IOException, InterruptedException {
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

  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    try {
      if (new ProcessBuilder("umount", directory.toString()).inheritIO().start().waitFor() != 0) {
        throw new IOException(directory + " is still mounted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
