package io.github.ppgtest.emulator.internal.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tar archive: directories, files and symbolic links, with names of up to 100 bytes, enough for
 * PostgreSQL's builds. Commons Compress reads more, and does not work beside a consumer's Commons
 * IO of before 2.17.
 */
final class TarArchive {
  private static final int BLOCK = 512;
  private static final int EXECUTABLE_BY_OWNER = 0100;

  private final InputStream packed;
  private final byte[] header = new byte[BLOCK];

  private TarArchive(InputStream packed) {
    this.packed = packed;
  }

  /**
   * Unpacks an archive into a directory, without files that only compilers need. Files are open to
   * all, whatever the umask: when we are root, another user runs them.
   *
   * @throws IOException if it is cut off, names something outside the directory, or has an entry of
   *     another kind
   */
  static void unpack(InputStream archive, Path directory) throws IOException {
    TarArchive tar = new TarArchive(archive);
    while (tar.next()) {
      tar.unpackEntry(directory);
    }
  }

  /** Reads the next header; the archive ends with one of zeros. */
  private boolean next() throws IOException {
    read(header, BLOCK);
    return header[0] != 0;
  }

  private void unpackEntry(Path directory) throws IOException {
    String name = text(0, 100);
    long size = octal(124, 12);
    Path target = directory.resolve(name).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("The archive has an entry outside itself: " + name);
    }
    switch (header[156]) {
      case '5' -> createDirectories(directory, target);
      case '2' -> {
        createDirectories(directory, target.getParent());
        Files.createSymbolicLink(target, Path.of(text(157, 100)));
      }
      case '0' -> {
        if (isForCompilers(name)) {
          packed.skipNBytes(size);
        } else {
          createDirectories(directory, target.getParent());
          copy(size, target);
        }
        packed.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
      }
      default ->
          throw new IOException(
              "The archive has an entry of the unknown kind '" + (char) header[156] + "': " + name);
    }
  }

  private void copy(long size, Path target) throws IOException {
    byte[] buffer = new byte[1 << 16];
    boolean executable = (octal(100, 8) & EXECUTABLE_BY_OWNER) != 0;
    try (OutputStream file = FileTree.createFile(target, executable ? "rwxr-xr-x" : "rw-r--r--")) {
      for (long left = size; left > 0; ) {
        int length = (int) Math.min(left, buffer.length);
        read(buffer, length);
        file.write(buffer, 0, length);
        left -= length;
      }
    }
  }

  private void read(byte[] buffer, int length) throws IOException {
    if (packed.readNBytes(buffer, 0, length) < length) {
      throw new EOFException("The archive is cut off");
    }
  }

  private long octal(int offset, int length) throws IOException {
    String digits = text(offset, length).strip();
    try {
      return Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("The archive is damaged: '" + digits + "' is no octal number", e);
    }
  }

  private String text(int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }

  private static boolean isForCompilers(String name) {
    return name.endsWith(".a") || name.endsWith(".pc");
  }

  private static void createDirectories(Path root, Path directory) throws IOException {
    if (directory.equals(root) || Files.isDirectory(directory)) {
      return;
    }
    createDirectories(root, directory.getParent());
    FileTree.createDirectory(directory, "rwxr-xr-x");
  }
}
