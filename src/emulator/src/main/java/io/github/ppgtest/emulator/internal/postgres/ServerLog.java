package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the end of a server's log. A role may write into it what it wants and as much as it wants
 * ({@code RAISE LOG}), and so may a client before its login, by the names that it asks for: a part
 * is read, and a reason is taken from lines alone that the server's first process has begun, or
 * that tell of a panic. Continued lines begin with a tab.
 */
final class ServerLog {
  /** More than a server writes while it ends. */
  private static final int LAST_BYTES = 1 << 16;

  private static final int FIRST_BYTES = 1 << 12;

  private static final Pattern LINE =
      Pattern.compile("^\\S+ \\S+ \\S+ \\[(\\d+)\\] (\\w+):  .*", Pattern.DOTALL);

  private ServerLog() {}

  /**
   * A part of a log.
   *
   * @param text whole lines
   * @param end where the next part begins
   */
  record Part(String text, long end) {}

  /** Reads the lines after a position, or the last of them where they are many. */
  static Part after(Path log, long position) throws IOException {
    try (FileChannel file = FileChannel.open(log)) {
      long size = file.size();
      boolean isCut = size - position > LAST_BYTES;
      long from = isCut ? size - LAST_BYTES : Math.min(position, size);
      String read = read(file, from, LAST_BYTES);
      // The server may still be writing the last line.
      int end = read.lastIndexOf('\n') + 1;
      int begin = isCut ? Math.min(read.indexOf('\n') + 1, end) : 0;
      return new Part(decoded(read.substring(begin, end)), from + end);
    }
  }

  /** Returns the lines of a part that no role and no client can have written. */
  static List<String> trusted(Path log, Part part) throws IOException {
    String postmaster = postmaster(log);
    return part.text()
        .lines()
        .filter(
            line -> {
              Matcher matcher = LINE.matcher(line);
              return matcher.matches()
                  && (matcher.group(1).equals(postmaster) || matcher.group(2).equals("PANIC"));
            })
        .toList();
  }

  /** The first line is the first process's: nothing can connect before it is written. */
  private static String postmaster(Path log) throws IOException {
    try (FileChannel file = FileChannel.open(log)) {
      Stream<String> first = read(file, 0, FIRST_BYTES).lines();
      return first
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .findFirst()
          .orElse("");
    }
  }

  /** Positions count bytes; a cut character stands in a line that is left out. */
  private static String decoded(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String read(FileChannel file, long from, int most) throws IOException {
    file.position(from);
    return new String(Channels.newInputStream(file).readNBytes(most), StandardCharsets.ISO_8859_1);
  }
}
