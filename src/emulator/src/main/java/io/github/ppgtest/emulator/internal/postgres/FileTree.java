package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Copying and deleting whole directories, and directories that only their owner can change. */
final class FileTree {
  private static final String PROBE = ".probe";

  /** What is to be done with each file that was made. */
  interface Owner {
    void own(Path path) throws IOException;
  }

  private FileTree() {}

  /** Copies a directory; the target must not exist. Every copy is given to {@code owner}. */
  static void copy(Path source, Path target, Owner owner) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Path copy = target.resolve(source.relativize(directory));
            createDirectory(copy, "rwx------");
            owner.own(copy);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path copy = target.resolve(source.relativize(file));
            Files.copy(file, copy);
            owner.own(copy);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Deletes a file or a directory with all that is in it. One that does not exist is no error. */
  static void delete(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          // A server that is just ending removes files of its own.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Creates one directory with these permissions, whatever the umask is. */
  static void createDirectory(Path directory, String permissions) throws IOException {
    Files.createDirectory(directory);
    setPermissions(directory, permissions);
  }

  static void setPermissions(Path path, String permissions) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  /**
   * Creates a directory of ours, with its parents, or takes the one that is there.
   *
   * @throws IOException when it cannot be written to, or belongs to somebody else, who could then
   *     change what we put into it
   */
  static Path openOwn(Path directory) throws IOException {
    if (directory.getParent() != null) {
      Files.createDirectories(directory.getParent());
    }
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      try {
        createDirectory(directory, "rwxr-xr-x");
      } catch (FileAlreadyExistsException e) {
        // Another JVM was quicker.
      }
    }
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(directory + " is not a directory");
    }
    Path mine = Files.createTempFile(directory, PROBE, null);
    try {
      if (!Files.getOwner(mine).equals(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS))) {
        throw new IOException(directory + " belongs to another user");
      }
    } finally {
      Files.delete(mine);
    }
    return directory.toRealPath();
  }

  /** Deletes what is left where a process was killed while it tried whether it may write. */
  static void deleteProbes(Path directory, Instant madeBefore) throws IOException {
    try (DirectoryStream<Path> probes = Files.newDirectoryStream(directory, PROBE + "*")) {
      for (Path probe : probes) {
        if (Files.getLastModifiedTime(probe).toInstant().isBefore(madeBefore)) {
          Files.deleteIfExists(probe);
        }
      }
    } catch (NoSuchFileException e) {
      // Somebody else is at it, or the directory has gone.
    }
  }
}
