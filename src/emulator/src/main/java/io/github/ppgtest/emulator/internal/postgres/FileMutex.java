package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.OwnDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, which the operating system releases when its holder dies in any way.
 *
 * <p>It excludes processes, not threads: on Unix, a process that opens and closes a locked file
 * once more has lost its lock. So a process must not try for a lock that it holds.
 */
final class FileMutex implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String PERMISSIONS = "rw-------";

  /** Thrown when another process keeps the lock. */
  static final class HeldTooLongException extends DatabaseEngineException {
    private static final long serialVersionUID = 1L;

    private HeldTooLongException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** An action under the lock. */
  interface Action<T> {
    T run() throws IOException;
  }

  private final FileChannel channel;

  private FileMutex(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock if no other process has it; null otherwise. This process must not have it. Only
   * the owner can open the file: to read it is to be able to lock it.
   */
  static @Nullable FileMutex tryAcquire(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            OwnDirectory.attributes(file, PERMISSIONS));
    try {
      OwnDirectory.setPermissions(file, PERMISSIONS);
    } catch (NoSuchFileException e) {
      // Deleted by the process that had it: the lock alone names its holder.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return tryLock(channel);
  }

  /** Takes the lock on a file that is there, as {@link #tryAcquire}; null if it has gone. */
  static @Nullable FileMutex tryTakeOver(Path file) throws IOException {
    try {
      return tryLock(FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
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
   * @param patience the longest wait for another process
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
    if (patience.isZero()) {
      throw heldTooLong(file, patience, null);
    }
    try {
      return Awaitility.with()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(patience)
          .until(() -> tryAcquire(file), held -> held != null);
    } catch (ConditionTimeoutException e) {
      throw heldTooLong(file, patience, e);
    }
  }

  private static HeldTooLongException heldTooLong(
      Path file, Duration patience, @Nullable Throwable cause) {
    String held =
        patience.isZero()
            ? "still holds " + file
            : "has held %s for %d s".formatted(file, patience.toSeconds());
    return new HeldTooLongException(
        "Another process %s. End it, or name another directory with the setting ppgtest.cache-dir."
            .formatted(held),
        cause);
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
