package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one running server: {@code <id>/}, and beside it {@code <id>.lock}, on which its
 * JVM holds a lock for as long as it lives. To get that lock is to know that the owner is dead, and
 * to own the directory.
 */
final class InstanceDirectory implements AutoCloseable {
  static final String LOCK = ".lock";

  /**
   * This process's own prefix: a number comes back, in containers soon, but not with this start.
   */
  private static final String OWN_PREFIX = "pg-" + ownProcess() + "-";

  /** Prefix of a lock file that is not locked yet, so that no sweep takes its owner for dead. */
  private static final String NEW_PREFIX = "new-";

  private final ServersDirectory parent;
  private final Path directory;
  private final Path lockFile;
  private final FileMutex lock;

  private InstanceDirectory(Path within, ServersDirectory parent, String id, FileMutex lock) {
    this.parent = parent;
    this.directory = within.resolve(id);
    this.lockFile = within.resolve(id + LOCK);
    this.lock = lock;
  }

  /**
   * Creates the directory of a new server.
   *
   * @param within the parent's real path, without links
   * @return null when another process removed the parent or this in between
   */
  static @Nullable InstanceDirectory create(Path within, ServersDirectory parent)
      throws IOException {
    String id = OWN_PREFIX + Secrets.random(6);
    Path unlocked = within.resolve(NEW_PREFIX + id + LOCK);
    FileMutex lock = FileMutex.tryAcquire(unlocked);
    if (lock == null) {
      return null;
    }
    InstanceDirectory instance = new InstanceDirectory(within, parent, id, lock);
    try {
      Files.move(unlocked, instance.lockFile, StandardCopyOption.ATOMIC_MOVE);
      FileTree.createDirectory(instance.directory, "rwxr-xr-x");
      return instance;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Takes over the directory that this lock belongs to, if its owner is dead and it is not kept;
   * null otherwise.
   */
  static @Nullable InstanceDirectory claim(ServersDirectory parent, Path lockFile)
      throws IOException {
    return claim(
        parent,
        lockFile,
        instance -> !KeepMark.holds(instance.directory, Clock.systemUTC().instant()));
  }

  /**
   * Takes over the directory that this lock belongs to, kept or not, if its owner is dead and it is
   * wanted; null otherwise.
   */
  static @Nullable InstanceDirectory claim(ServersDirectory parent, Path lockFile, Wanted wanted)
      throws IOException {
    String name = lockFile.getFileName().toString();
    // Trying for a lock of our own would lose it, see FileMutex.
    if (name.replaceFirst("^" + NEW_PREFIX, "").startsWith(OWN_PREFIX)) {
      return null;
    }
    FileMutex lock = FileMutex.tryTakeOver(lockFile);
    if (lock == null) {
      return null;
    }
    InstanceDirectory instance =
        new InstanceDirectory(
            lockFile.getParent(), parent, name.substring(0, name.length() - LOCK.length()), lock);
    boolean claimed = false;
    try {
      claimed = wanted.test(instance);
      return claimed ? instance : null;
    } finally {
      if (!claimed) {
        instance.release();
      }
    }
  }

  /** Selects directories of dead owners. */
  interface Wanted {
    boolean test(InstanceDirectory instance) throws IOException;
  }

  private static String ownProcess() {
    ProcessHandle self = ProcessHandle.current();
    return process(self.pid(), self.info().startInstant().orElse(null));
  }

  private static String process(long pid, @Nullable Instant startedAt) {
    return pid + "-" + (startedAt == null ? 0 : startedAt.toEpochMilli());
  }

  /** Returns whether a lock belongs to a server of this process that is not kept. */
  static boolean isLeft(Path lockFile, long pid, @Nullable Instant startedAt) throws IOException {
    String name = lockFile.getFileName().toString();
    return name.startsWith("pg-" + process(pid, startedAt) + "-")
        && !KeepMark.holds(
            lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length())),
            Clock.systemUTC().instant());
  }

  Path data() {
    return directory.resolve("data");
  }

  Path log() {
    return directory.resolve("server.log");
  }

  Path path() {
    return directory;
  }

  /** Releases the lock and deletes nothing, which is left to the next sweep. */
  void release() {
    lock.close();
  }

  /** Deletes the directory and gives up the lock. */
  @Override
  public void close() {
    try (lock) {
      FileTree.delete(directory);
      // Last: while it is there, a sweep will come back for what could not be deleted.
      Files.deleteIfExists(lockFile);
      parent.leave();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot delete " + directory + "; the next start will try again.", e);
    }
  }
}
