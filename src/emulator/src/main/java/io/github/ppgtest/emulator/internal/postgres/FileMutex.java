package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, which the operating system gives up when its holder dies, however that happens.
 *
 * <p>It tells processes apart, not threads: on Unix, a process that opens and closes a locked file
 * once more has lost its lock. So nobody may try for a lock that his own process holds.
 */
final class FileMutex implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Another process has the lock, and goes on having it. */
  static final class HeldTooLongException extends DatabaseEngineException {
    private static final long serialVersionUID = 1L;

    private HeldTooLongException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What is done under the lock. */
  interface Action<T> {
    T run() throws IOException;
  }

  private final FileChannel channel;

  private FileMutex(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock if no other process has it; null otherwise. This process must not have it. */
  static @Nullable FileMutex tryAcquire(Path file) throws IOException {
    return tryLock(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** Takes the lock on a file that is there, as {@link #tryAcquire}; null if it has gone. */
  static @Nullable FileMutex tryTakeOver(Path file) throws IOException {
    try {
      return tryLock(FileChannel.open(file, StandardOpenOption.WRITE));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static @Nullable FileMutex tryLock(FileChannel channel) throws IOException {
    boolean acquired = false;
    try {
      acquired = channel.tryLock() != null;
      return acquired ? new FileMutex(channel) : null;
    } finally {
      if (!acquired) {
        channel.close();
      }
    }
  }

  /**
   * Waits for the lock, and runs this while holding it.
   *
   * @param patience how long it waits for another process
   * @param waiting is run once, before it waits for another process
   */
  static <T> T holding(Path file, Duration patience, Runnable waiting, Action<T> action)
      throws IOException {
    // The threads of this process take turns before they touch the file. An interned string is the
    // same object for all class loaders.
    synchronized (("io.github.ppgtest:" + file).intern()) {
      FileMutex mutex = acquire(file, patience, waiting);
      try {
        return action.run();
      } finally {
        mutex.close();
      }
    }
  }

  private static FileMutex acquire(Path file, Duration patience, Runnable waiting)
      throws IOException {
    FileMutex immediately = tryAcquire(file);
    if (immediately != null) {
      return immediately;
    }
    waiting.run();
    try {
      return Awaitility.with()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(patience)
          .until(() -> tryAcquire(file), held -> held != null);
    } catch (ConditionTimeoutException e) {
      throw new HeldTooLongException(
          "Another process has held "
              + file
              + " for "
              + patience.toMinutes()
              + " minutes. End it, or name another directory with the setting ppgtest.cache-dir.",
          e);
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
