package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.internal.postgres.SavedTemplate.SavedFile;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** The files of a server's databases. Thread-safe. */
final class DatabaseFiles implements AutoCloseable {
  /** Temporary tables of a session, and a cache that the server makes anew. */
  private static final Pattern PASSING = Pattern.compile("t\\d+_.*|pg_internal\\.init.*");

  private static final String FREE_SPACE_MAP = "_fsm";
  private static final int PIECE = 1 << 16;

  private final Path data;
  private final UnprivilegedUser user;

  /** Copies hold the read lock; the write lock is taken once, at the end. */
  private final ReadWriteLock copying = new ReentrantReadWriteLock();

  private volatile boolean closed;

  /**
   * Does no work yet.
   *
   * @param data the server's data directory
   * @param user the owner of the files
   */
  DatabaseFiles(Path data, UnprivilegedUser user) {
    this.data = data;
    this.user = user;
  }

  /** Puts copies of one database's files in the place of another's. */
  void copy(long from, long to) throws IOException {
    copying(() -> copyAll(from, to));
  }

  /** Puts saved files in the place of a database's; they must be as they were saved. */
  void restore(Path from, List<SavedFile> saved, long to) throws IOException {
    copying(
        () -> {
          Path target = directory(to);
          deleteAll(target);
          for (SavedFile file : saved) {
            refuseWhenClosed();
            Path copy = target.resolve(file.name());
            if (!copyWithChecksum(from.resolve(file.name()), copy).equals(file)) {
              throw new IOException(from.resolve(file.name()) + " is not as it was saved");
            }
            user.own(copy);
          }
        });
  }

  /** Saves the files of a database that was never written to. */
  List<SavedFile> save(long from, Path to) throws IOException {
    List<SavedFile> saved = new ArrayList<>();
    copying(
        () -> {
          try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(from))) {
            for (Path file : files) {
              refuseWhenClosed();
              saved.add(copyWithChecksum(file, to.resolve(file.getFileName())));
            }
          }
        });
    return saved;
  }

  /**
   * Deletes the free space maps of a database that never had a session: a tenth of the bytes to
   * copy. A server without one adds to the end of a table.
   */
  void deleteFreeSpaceMaps(long database) throws IOException {
    copying(
        () -> {
          try (DirectoryStream<Path> maps =
              Files.newDirectoryStream(directory(database), "*" + FREE_SPACE_MAP)) {
            for (Path map : maps) {
              Files.delete(map);
            }
          }
        });
  }

  private interface Action {
    void run() throws IOException;
  }

  private void copying(Action action) throws IOException {
    copying.readLock().lock();
    try {
      action.run();
    } finally {
      copying.readLock().unlock();
    }
  }

  private void refuseWhenClosed() throws IOException {
    if (closed) {
      throw new IOException("the server is being closed");
    }
  }

  /** There are 500 files, most of one page: a plain loop has the least to do for each. */
  private static SavedFile copyWithChecksum(Path file, Path copy) throws IOException {
    CRC32C checksum = new CRC32C();
    long size = 0;
    byte[] piece = new byte[PIECE];
    try (InputStream from = new FileInputStream(file.toFile());
        OutputStream to = FileTree.createFile(copy, "rw-------")) {
      for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
        checksum.update(piece, 0, read);
        to.write(piece, 0, read);
        size += read;
      }
    }
    return new SavedFile(file.getFileName().toString(), size, checksum.getValue());
  }

  /** Ends copies that are being made, so that the directory can be deleted. */
  @Override
  public void close() {
    closed = true;
    // Waits for the current file of each copy; no further copy starts.
    copying.writeLock().lock();
    copying.writeLock().unlock();
  }

  private void copyAll(long from, long to) throws IOException {
    Path target = directory(to);
    deleteAll(target);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(from))) {
      for (Path file : files) {
        refuseWhenClosed();
        String name = file.getFileName().toString();
        if (!PASSING.matcher(name).matches()) {
          copy(file, target.resolve(name));
        }
      }
    }
  }

  private static void deleteAll(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private void copy(Path file, Path copy) throws IOException {
    try {
      Files.copy(file, copy);
    } catch (NoSuchFileException e) {
      // The file of a table that was dropped before: the server removes it later.
      return;
    }
    user.own(copy);
  }

  private Path directory(long database) {
    return data.resolve("base").resolve(Long.toString(database));
  }
}
