package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.ResourceLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells whether a server could lately start no process for a connection, which only its log says:
 * its answer comes before TLS, and the driver takes it for a server without TLS. Thread-safe.
 */
final class RefusedForks {
  private static final String REFUSAL = "LOG:  could not fork new process for connection: ";
  private static final long LATELY = Duration.ofSeconds(5).toNanos();

  private final Path log;

  // All guarded by this.
  private long read;
  private long refusedAt;
  private Optional<String> refusal = Optional.empty();

  RefusedForks(Path log) {
    this.log = log;
  }

  /** Says which limit is reached, and what to do; empty where connections had their processes. */
  synchronized Optional<String> lately() {
    try {
      // This is asked whenever a pool gives out a connection.
      if (Files.size(log) > read) {
        look();
      }
    } catch (IOException e) {
      // The server's end is told by its process.
      return Optional.empty();
    }
    return refusal.filter(text -> System.nanoTime() - refusedAt < LATELY);
  }

  private void look() throws IOException {
    ServerLog.Part news = ServerLog.after(log, read);
    read = news.end();
    ServerLog.trusted(log, news).stream()
        .filter(line -> line.contains(REFUSAL))
        .reduce((earlier, later) -> later)
        .ifPresent(this::refused);
  }

  private void refused(String line) {
    refusedAt = System.nanoTime();
    refusal = ResourceLimits.reachedIn(new IOException(line));
  }
}
