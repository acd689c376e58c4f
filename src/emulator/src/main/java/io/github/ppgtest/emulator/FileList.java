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
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The list of a cache entry's files with their sizes, times and checksums, written once the entry
 * is whole: it shows before use, and reads only files with another time for it, that one was
 * deleted, truncated or written to. Files added later do not matter. Stateless.
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
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            lines.add(new Listed(attributes, file) + " " + directory.relativize(file));
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
   * Returns whether a directory has all files of its list, whole. A file with its size and its time
   * is not read: what a disk has lost is not noticed.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean isWhole(Path directory) throws IOException {
    return firstDamaged(directory, false).isEmpty();
  }

  /**
   * Finds a file of a directory that is not as its list says. All files are read: on a busy
   * machine, PostgreSQL's 58 MB in half a second.
   *
   * @return the path of the file, that of the list if it is damaged itself; empty where all is
   *     whole
   * @throws IOException if a file cannot be read
   */
  public static Optional<Path> damaged(Path directory) throws IOException {
    return firstDamaged(directory, true);
  }

  /**
   * Returns whether a directory has all files of its list, and the list was written, or found
   * right, after a moment.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean isWholeSince(Instant moment, Path directory) throws IOException {
    return isWhole(directory) && checkedAt(directory).isAfter(moment);
  }

  /**
   * Returns when a list was written, or {@link #confirm confirmed}.
   *
   * @throws IOException if there is none
   */
  public static Instant checkedAt(Path directory) throws IOException {
    return Files.getLastModifiedTime(directory.resolve(FILE)).toInstant();
  }

  /**
   * Records that all files were found as the list says.
   *
   * @throws IOException if there is no list
   */
  public static void confirm(Path directory, Instant now) throws IOException {
    Files.setLastModifiedTime(directory.resolve(FILE), FileTime.from(now));
  }

  /**
   * Deletes the list, so that the directory counts as damaged from now on.
   *
   * @throws IOException if it cannot be deleted
   */
  public static void discard(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE));
  }

  private static Optional<Path> firstDamaged(Path directory, boolean isReadAnyway)
      throws IOException {
    Path list = directory.resolve(FILE);
    try {
      List<String> lines = Files.readAllLines(list, StandardCharsets.UTF_8);
      for (String line : lines.subList(1, lines.size())) {
        String[] parts = line.split(" ", 4);
        Path file = directory.resolve(parts[3]);
        if (!Listed.parse(parts).isOf(file, isReadAnyway)) {
          return Optional.of(file);
        }
      }
      return lines.get(0).equals(Integer.toString(lines.size() - 1))
          ? Optional.empty()
          : Optional.of(list);
    } catch (NoSuchFileException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The list is missing or cut off.
      return Optional.of(list);
    }
  }

  /** What is listed of a file; of a link, the link itself is, and its target's name is read. */
  private record Listed(long size, long time, long checksum) {
    Listed(BasicFileAttributes attributes, Path file) throws IOException {
      this(attributes.size(), attributes.lastModifiedTime().toMillis(), checksum(file));
    }

    static Listed parse(String[] parts) {
      return new Listed(
          Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2], 16));
    }

    boolean isOf(Path file, boolean isReadAnyway) throws IOException {
      try {
        BasicFileAttributes now =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return now.size() == size
            && (now.lastModifiedTime().toMillis() == time && !isReadAnyway
                || checksum(file) == checksum);
      } catch (NoSuchFileException e) {
        return false;
      }
    }

    private static long checksum(Path file) throws IOException {
      CRC32C checksum = new CRC32C();
      checksum.update(
          Files.isSymbolicLink(file)
              ? Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8)
              : Files.readAllBytes(file));
      return checksum.getValue();
    }

    @Override
    public String toString() {
      return "%d %d %x".formatted(size, time, checksum);
    }
  }
}
