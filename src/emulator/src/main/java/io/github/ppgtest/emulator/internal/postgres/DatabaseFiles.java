package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The files of a server's databases.
 *
 * @param data the server's data directory
 * @param user whom they belong to
 */
record DatabaseFiles(Path data, UnprivilegedUser user) {
  /** Temporary tables of a session, and a cache that the server makes anew. */
  private static final Pattern PASSING = Pattern.compile("t\\d+_.*|pg_internal\\.init.*");

  /** Puts copies of one database's files in the place of another's. */
  void copy(long from, long to) throws IOException {
    Path target = directory(to);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(from))) {
      for (Path file : files) {
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
