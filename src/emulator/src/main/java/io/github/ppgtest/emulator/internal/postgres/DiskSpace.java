package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Recognises full file systems, and advises. */
final class DiskSpace {
  private static final String DISK_FULL = "53100";
  private static final long MEGABYTE = 1 << 20;

  private DiskSpace() {}

  /** Returns whether something failed because there was no space left. */
  static boolean isMissingFor(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e && DISK_FULL.equals(e.getSQLState())
          || isMissingIn(String.valueOf(cause.getMessage()))) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a text reports missing space, in the words of the system. */
  static boolean isMissingIn(String text) {
    return text.contains("No space left on device")
        || text.contains("Disk quota exceeded")
        || text.contains("There is not enough space on the disk");
  }

  /** Returns whether a place has no space left, as then a log may not say so either. */
  static boolean isMissingAt(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace() < MEGABYTE;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns which file system has no space left, and what to do. */
  static String advice(Path directory) {
    return "The file system of %s is full%s. Make room there, or name another directory with the setting ppgtest.data-dir."
        .formatted(directory, measured(directory));
  }

  private static String measured(Path directory) {
    try {
      Path existing = directory;
      while (!Files.exists(existing) && existing.getParent() != null) {
        existing = existing.getParent();
      }
      FileStore store = Files.getFileStore(existing);
      return " (%s, %d of %d MB free)"
          .formatted(
              store.type(), store.getUsableSpace() / MEGABYTE, store.getTotalSpace() / MEGABYTE);
    } catch (IOException e) {
      return "";
    }
  }
}
