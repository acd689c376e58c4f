package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one running server: {@code <id>/}, and beside it {@code <id>.lock}, on which its
 * JVM holds a lock for as long as it lives. Whoever gets that lock knows that the owner is dead,
 * and owns the directory from then on.
 */
final class InstanceDirectory implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String PREFIX = "pg-";

  /** Of this process alone: a number comes back, in containers soon, but not with this start. */
  private static final String OWN_PREFIX = PREFIX + ownProcess() + "-";

  /** Less would be used up by a few databases: each takes 7 MB when it is empty. */
  private static final long ROOM_IN_MEMORY = 1L << 30;

  private final Path directory;
  private final Path lockFile;
  private final FileMutex lock;

  private InstanceDirectory(Path directory, Path lockFile, FileMutex lock) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * The directory that the directories of servers are in.
   *
   * @param configured where it is to be; null for memory where there is room, else the temporary
   *     directory
   */
  static Path parent(@Nullable Path configured, Platform platform) {
    try {
      if (configured != null) {
        return FileTree.openOwn(configured.toAbsolutePath());
      }
      String user = System.getProperty("user.name", "unknown");
      Path memory = Path.of("/dev/shm");
      if (platform.os() == Platform.Os.LINUX && hasRoom(memory)) {
        Path temporary = CacheDirectory.ownTemporary(user, "data").getFileName();
        return FileTree.openOwn(memory.resolve(temporary));
      }
      return FileTree.openOwn(CacheDirectory.ownTemporary(user, "data"));
    } catch (IOException e) {
      throw new DatabaseEngineException(
          "Cannot write to the directory for databases"
              + (configured == null ? "" : " " + configured)
              + ". Name one that can be written with the setting ppgtest.data-dir.",
          e);
    }
  }

  private static boolean hasRoom(Path memory) throws IOException {
    if (!Files.isWritable(memory)) {
      return false;
    }
    FileStore store = Files.getFileStore(memory);
    return store.type().equals("tmpfs") && store.getUsableSpace() >= ROOM_IN_MEMORY;
  }

  /** Creates the directory of a new server. */
  static InstanceDirectory create(Path parent) throws IOException {
    String id = OWN_PREFIX + Secrets.random(6);
    // Under this lock, so that nobody sweeps between the making of the file and its locking.
    return FileMutex.holding(
        sweepLock(parent),
        () -> {
          Path lockFile = parent.resolve(id + LOCK);
          FileMutex lock = FileMutex.tryAcquire(lockFile);
          if (lock == null) {
            throw new IOException(lockFile + " is locked by another process");
          }
          Path directory = parent.resolve(id);
          FileTree.createDirectory(directory, "rwxr-xr-x");
          return new InstanceDirectory(directory, lockFile, lock);
        });
  }

  /** Takes over every directory whose owner is dead. Those of the living are left alone. */
  static List<InstanceDirectory> claimAbandoned(Path parent) throws IOException {
    return FileMutex.holding(
        sweepLock(parent),
        () -> {
          List<InstanceDirectory> claimed = new ArrayList<>();
          try (DirectoryStream<Path> lockFiles =
              Files.newDirectoryStream(parent, PREFIX + "*" + LOCK)) {
            for (Path lockFile : lockFiles) {
              String name = lockFile.getFileName().toString();
              // Trying for a lock of our own would lose it, see FileMutex.
              FileMutex lock = name.startsWith(OWN_PREFIX) ? null : FileMutex.tryAcquire(lockFile);
              if (lock != null) {
                Path directory = parent.resolve(name.substring(0, name.length() - LOCK.length()));
                claimed.add(new InstanceDirectory(directory, lockFile, lock));
              }
            }
          }
          return claimed;
        });
  }

  private static String ownProcess() {
    ProcessHandle self = ProcessHandle.current();
    long start = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return self.pid() + "-" + start;
  }

  private static Path sweepLock(Path parent) {
    return parent.resolve("sweep" + LOCK);
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

  /** Deletes the directory and gives up the lock. */
  @Override
  public void close() {
    try (lock) {
      FileTree.delete(directory);
      // Last: while it is there, a sweep will come back for what could not be deleted.
      Files.deleteIfExists(lockFile);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot delete " + directory + "; the next start will try again.", e);
    }
  }
}
