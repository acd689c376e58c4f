package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * A list of all files of a directory, with their sizes, in a file of that directory: what is
 * missing, or was cut short, is noticed without reading anything.
 */
final class Inventory {
  private static final String FILE = "inventory";

  private Inventory() {}

  /** Writes it, when all else is in the directory. */
  static void write(Path directory) throws IOException {
    FileTree.write(directory.resolve(FILE), "rw-------", String.join("\n", list(directory)) + "\n");
  }

  /** Tells whether all is there as it was when it was written. */
  static boolean isWhole(Path directory) throws IOException {
    try {
      // What came later harms nothing, such as the certificates that a command was given.
      return list(directory).containsAll(Files.readAllLines(directory.resolve(FILE)));
    } catch (NoSuchFileException e) {
      // Also what another process removes just then.
      return false;
    }
  }

  /** Tells the same, and whether it was written after a moment. */
  static boolean isWholeSince(Instant moment, Path directory) throws IOException {
    return isWhole(directory)
        && Files.getLastModifiedTime(directory.resolve(FILE)).toInstant().isAfter(moment);
  }

  private static Set<String> list(Path directory) throws IOException {
    Set<String> files = new TreeSet<>();
    // An entry may be a link to a directory.
    Path real = directory.toRealPath();
    Path own = real.resolve(FILE);
    Files.walkFileTree(
        real,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.equals(own)) {
              files.add(attributes.size() + " " + real.relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
