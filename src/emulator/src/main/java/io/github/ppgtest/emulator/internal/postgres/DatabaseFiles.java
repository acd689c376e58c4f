package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;

/** The files of a server's databases. Thread-safe. */
final class DatabaseFiles implements AutoCloseable {
  /** Temporary tables of a session, and a cache that the server makes anew. */
  private static final Pattern PASSING = Pattern.compile("t\\d+_.*|pg_internal\\.init.*");

  private final Path data;
  private final UnprivilegedUser user;

  /** Whoever copies holds the one to read; the other is taken once, at the end. */
  private final ReadWriteLock copying = new ReentrantReadWriteLock();

  private volatile boolean closed;

  /**
   * Only remembers both.
   *
   * @param data the server's data directory
   * @param user whom the files belong to
   */
  DatabaseFiles(Path data, UnprivilegedUser user) {
    this.data = data;
    this.user = user;
  }

  /** Puts copies of one database's files in the place of another's. */
  void copy(long from, long to) throws IOException {
    copying.readLock().lock();
    try {
      copyAll(from, to);
    } finally {
      copying.readLock().unlock();
    }
  }

  /** Ends copies that are being made: from here on the directory can be deleted. */
  @Override
  public void close() {
    closed = true;
    // Waits for the one file that each of them is at; nobody comes after.
    copying.writeLock().lock();
    copying.writeLock().unlock();
  }

  private void copyAll(long from, long to) throws IOException {
    Path target = directory(to);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(from))) {
      for (Path file : files) {
        if (closed) {
          throw new IOException("the server is being closed");
        }
        String name = file.getFileName().toString();
        if (!PASSING.matcher(name).matches()) {
          copy(file, target.resolve(name));
        }
      }
    }
  }

  private void copy(Path file, Path copy) throws IOException {
    try {
      Files.copy(file, copy);
    } catch (NoSuchFileException e) {
      // Of a table that was dropped before: the server removes such a file when it comes to it.
      return;
    }
    user.own(copy);
  }

  private Path directory(long database) {
    return data.resolve("base").resolve(Long.toString(database));
  }
}
