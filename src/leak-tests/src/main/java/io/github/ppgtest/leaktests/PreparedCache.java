package io.github.ppgtest.leaktests;

import io.github.ppgtest.emulator.PrismaPostgresEmulator;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cache with PostgreSQL in it that no one uses, made when it is first wanted. Thread-safe.
 *
 * @param directory where it is
 */
record PreparedCache(Path directory) {
  @Override
  public synchronized Path directory() {
    if (!Files.exists(directory)) {
      PrismaPostgresEmulator.builder()
          .cacheDirectory(directory)
          .dataDirectory(directory.resolveSibling("cache-data"))
          .start()
          .close();
    }
    return directory;
  }
}
