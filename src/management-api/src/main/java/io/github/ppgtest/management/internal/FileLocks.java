package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.CredentialsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Locks on files, between processes and between the threads of this one. The operating system
 * releases them when their holder dies. The file stays: were it deleted, two processes could hold a
 * lock of the same name.
 */
final class FileLocks {
  /** Longer than a refresh takes with all its timeouts. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

  /**
   * On Unix, a process that opens and closes a locked file once more has lost its lock: so the
   * threads of this process take turns before they touch the file.
   */
  private static final Map<Path, ReentrantLock> OURS = new ConcurrentHashMap<>();

  private FileLocks() {}

  /**
   * Runs an action under a lock; the same thread may take it again.
   *
   * @param file the file, in a directory that exists
   * @param attributes the attributes of a new file
   */
  static <T> T holding(Path file, FileAttribute<?> attributes, Supplier<T> action)
      throws IOException {
    ReentrantLock ours = OURS.computeIfAbsent(file, path -> new ReentrantLock());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      if (!ours.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw stillHeld(file);
      }
      try {
        if (ours.getHoldCount() > 1) {
          return action.get();
        }
        try (FileChannel channel = open(file, attributes);
            FileLock held = lock(channel, file, deadline)) {
          if (!held.isValid()) {
            throw new IOException(file + " was locked, and lost its lock at once");
          }
          return action.get();
        }
      } finally {
        ours.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CredentialsException(
          "The thread was interrupted while it waited for the lock " + file + ".", e);
    }
  }

  private static FileChannel open(Path file, FileAttribute<?> attributes) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes);
  }

  private static FileLock lock(FileChannel channel, Path file, long deadline)
      throws IOException, InterruptedException {
    while (true) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - deadline > 0) {
        throw stillHeld(file);
      }
      // No operating system lets a waiting thread of Java time out.
      TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // A copy of this class in another class loader has it, and counts as another process.
      return null;
    }
  }

  private static CredentialsException stillHeld(Path file) {
    return new CredentialsException(
        "Another process or thread has held the lock %s for %d minutes. End it, or name another token store."
            .formatted(file, PATIENCE.toMinutes()),
        null);
  }
}
