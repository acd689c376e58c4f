package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file: held by one holder among all threads of all JVMs, and given up by the operating
 * system when its holder dies, however that happens.
 */
final class FileMutex implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What is done under the lock. */
  interface Action<T> {
    T run() throws IOException;
  }

  private final FileChannel channel;

  private FileMutex(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock if it is free; null otherwise. */
  static @Nullable FileMutex tryAcquire(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean acquired = false;
    try {
      acquired = channel.tryLock() != null;
      return acquired ? new FileMutex(channel) : null;
    } catch (OverlappingFileLockException e) {
      // Held in this JVM.
      return null;
    } finally {
      if (!acquired) {
        channel.close();
      }
    }
  }

  /** Waits for the lock. */
  static FileMutex acquire(Path file) throws IOException {
    FileMutex immediately = tryAcquire(file);
    if (immediately != null) {
      return immediately;
    }
    try {
      return Awaitility.with()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(PATIENCE)
          .until(() -> tryAcquire(file), held -> held != null);
    } catch (ConditionTimeoutException e) {
      throw new DatabaseEngineException(
          "Another process has held "
              + file
              + " for "
              + PATIENCE.toMinutes()
              + " minutes. End it, or name another directory with the setting ppgtest.cache-dir.",
          e);
    }
  }

  /** Runs this while holding the lock. */
  static <T> T holding(Path file, Action<T> action) throws IOException {
    FileMutex mutex = acquire(file);
    try {
      return action.run();
    } finally {
      mutex.close();
    }
  }

  /** Gives the lock up. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
