package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.OwnDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies and deletes whole directories, and creates files and directories that only their owner can
 * change.
 */
final class FileTree {
  /** Receives each file that was made. */
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

  /** Creates one directory with these permissions, whatever the umask is, and never with more. */
  static void createDirectory(Path directory, String permissions) throws IOException {
    Files.createDirectory(directory, OwnDirectory.attributes(directory, permissions));
    OwnDirectory.setPermissions(directory, permissions);
  }

  /**
   * Creates a file with these permissions: never more than they say, as another user who has opened
   * a file may go on using it.
   */
  static OutputStream createFile(Path file, String permissions) throws IOException {
    OutputStream created =
        Channels.newOutputStream(
            Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                OwnDirectory.attributes(file, permissions)));
    try {
      OwnDirectory.setPermissions(file, permissions);
      return created;
    } catch (IOException e) {
      created.close();
      throw e;
    }
  }

  /** Creates a file with these permissions and this content, in the place of one that is there. */
  static Path write(Path file, String permissions, String content) throws IOException {
    Files.deleteIfExists(file);
    try (OutputStream created = createFile(file, permissions)) {
      created.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  /**
   * Returns why a file or directory cannot be used: for some reasons, Java's message is its path.
   */
  static String reason(IOException failure) {
    return failure instanceof FileSystemException e && e.getReason() == null
        ? "%s (%s)".formatted(e.getMessage(), e.getClass().getSimpleName())
        : String.valueOf(failure.getMessage());
  }
}
