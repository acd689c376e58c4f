package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The mark in a server's directory that protects it from removal until a time, although its JVM is
 * dead.
 */
final class KeepMark {
  private static final String NAME = "keep-until";

  private KeepMark() {}

  /** Writes the mark, or replaces it. */
  static void write(Path directory, Instant until) throws IOException {
    Path unfinished = directory.resolve(NAME + ".new");
    FileTree.write(unfinished, "rw-------", until.toString());
    Files.move(unfinished, directory.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
  }

  static void remove(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(NAME));
  }

  /** Returns whether a directory is kept. */
  static boolean holds(Path directory, Instant now) throws IOException {
    try {
      return now.isBefore(Instant.parse(Files.readString(directory.resolve(NAME)).strip()));
    } catch (NoSuchFileException | DateTimeException e) {
      // An unreadable mark must not keep a directory for ever.
      return false;
    }
  }
}
