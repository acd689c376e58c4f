package io.github.ppgtest.emulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of a cache entry's files with their sizes, written once the entry is whole: it shows
 * before use, without reading them, that one was deleted or truncated. Files added later do not
 * matter. Stateless.
 *
 * @since 0.1.0
 */
public final class FileList {
  private static final String FILE = "installed-files";

  private FileList() {}

  /**
   * Writes the list of a directory into it, for its owner.
   *
   * @return how many bytes its files have
   * @throws IOException if it cannot be written, or is there
   */
  public static long write(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    long[] total = {0};
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            lines.add(attributes.size() + " " + directory.relativize(file));
            total[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }
        });
    lines.add(0, Integer.toString(lines.size()));
    Path list = directory.resolve(FILE);
    Files.createFile(list, OwnDirectory.attributes(list, "rw-------"));
    Files.write(list, lines, StandardCharsets.UTF_8);
    return total[0];
  }

  /**
   * Returns whether a directory has all files of its list, whole.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean isWhole(Path directory) throws IOException {
    try {
      List<String> lines = Files.readAllLines(directory.resolve(FILE), StandardCharsets.UTF_8);
      for (String line : lines.subList(1, lines.size())) {
        int space = line.indexOf(' ');
        if (size(directory.resolve(line.substring(space + 1)))
            != Long.parseLong(line.substring(0, space))) {
          return false;
        }
      }
      return lines.get(0).equals(Integer.toString(lines.size() - 1));
    } catch (NoSuchFileException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // A file has gone, or the list itself is cut off.
      return false;
    }
  }

  /**
   * Returns whether a directory has all files of its list, and the list was written after a moment.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean isWholeSince(Instant moment, Path directory) throws IOException {
    return isWhole(directory)
        && Files.getLastModifiedTime(directory.resolve(FILE)).toInstant().isAfter(moment);
  }

  /** Measures a link itself, as the list does. */
  private static long size(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).size();
  }
}
