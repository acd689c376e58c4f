package io.github.ppgtest.cli.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A file of variables, to which some are added. Its content stays as it is. It is replaced as a
 * whole, so that a reader never sees half of it, by a file that only its owner can read.
 */
final class EnvFile {
  /** Values that every reader takes literally, without quotes. */
  private static final String PLAIN = "[A-Za-z0-9_./:@%?=,+-]*";

  /**
   * Values that every reader takes literally between these quotes, with any other content in the
   * file.
   */
  private static final String IN_SINGLE_QUOTES = "[^'\\p{Cntrl}]*[^'\\p{Cntrl}\\\\]";

  private static final String IN_DOUBLE_QUOTES = "[^\"$`\\\\\\p{Cntrl}]*";

  private final Path named;
  private final Path file;

  /** The content before; null for no file. */
  private byte @Nullable [] before;

  private boolean isChanged;

  private EnvFile(Path named, Path file) {
    this.named = named;
    this.file = file;
  }

  /**
   * Opens one, which need not exist yet, and refuses it where content could be lost.
   *
   * @param names of the variables that are to be added
   * @throws IllegalStateException if it has one of them, or cannot be written
   */
  static EnvFile open(Path named, List<String> names) {
    try {
      // The target of a link is replaced, not the link.
      Path file = Files.exists(named) ? named.toRealPath() : named.toAbsolutePath().normalize();
      Path folder = file.getParent();
      if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
        throw refused(named, "there is no directory for it that can be written to", null);
      }
      if (Files.exists(file) && !Files.isRegularFile(file)
          || Files.isSymbolicLink(named) && !Files.exists(named)) {
        throw refused(named, "it is no file", null);
      }
      EnvFile opened = new EnvFile(named, file);
      opened.refuse(names, opened.read());
      return opened;
    } catch (IOException e) {
      throw refused(named, e.toString(), e);
    }
  }

  private static IllegalStateException refused(
      Path named, String reason, @Nullable Throwable cause) {
    return new IllegalStateException(
        "Nothing can be added to %s: %s.".formatted(named, reason), cause);
  }

  private void refuse(List<String> names, byte @Nullable [] content) {
    if (content == null) {
      return;
    }
    if (isUtf16(content)) {
      throw refused(named, "it is UTF-16, which few programs read. Save it as UTF-8", null);
    }
    Map<String, Integer> entries;
    try {
      entries = EnvEntries.in(text(content));
    } catch (IllegalArgumentException e) {
      throw refused(named, String.valueOf(e.getMessage()), e);
    }
    for (String name : names) {
      if (entries.containsKey(name)) {
        throw refused(
            named,
            "it has an entry %s already, in line %d, which is left as it is. Remove that, or name another file"
                .formatted(name, entries.get(name)),
            null);
      }
    }
  }

  private byte @Nullable [] read() throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : null;
  }

  /** Returns whether it is UTF-16, also without a byte order mark, as its ASCII has zeros. */
  private static boolean isUtf16(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    return text.startsWith("\u00ff\u00fe")
        || text.startsWith("\u00fe\u00ff")
        || text.indexOf(0) >= 0;
  }

  /** Each byte a character: the content stays as it is in any encoding. */
  private static String text(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    return text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
  }

  /** Returns the file itself, not a link to it. */
  Path path() {
    return file;
  }

  /**
   * Adds variables.
   *
   * @throws IllegalStateException if the file has one of them by now, or if a value has characters
   *     that its readers read differently
   * @throws UncheckedIOException if they cannot be written; then the file is as it was
   */
  void append(Map<String, String> variables) {
    try {
      byte[] content = read();
      refuse(List.copyOf(variables.keySet()), content);
      String text = content == null ? "" : new String(content, StandardCharsets.ISO_8859_1);
      String end = text.contains("\r\n") ? "\r\n" : "\n";
      // To shells, a backslash at the end of the last line would join ours to it.
      boolean isBegun = !text.isEmpty() && !text.endsWith("\n") || text.endsWith("\\" + end);
      String begin = isBegun ? end + (text.endsWith("\\") ? end : "") : "";
      String added =
          variables.entrySet().stream()
              .map(
                  variable ->
                      variable.getKey()
                          + "="
                          + quoted(variable.getKey(), variable.getValue())
                          + end)
              .collect(Collectors.joining());
      String utf8 = new String(added.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      replace((text + begin + utf8).getBytes(StandardCharsets.ISO_8859_1));
      before = content;
      isChanged = true;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to %s: %s".formatted(named, e), e);
    }
  }

  /** Restores the content before the variables were added; nothing where none were. */
  void undo() {
    if (!isChanged) {
      return;
    }
    try {
      if (before == null) {
        Files.deleteIfExists(file);
      } else {
        replace(before);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s tells of a database that is gone: %s".formatted(named, e), e);
    }
  }

  private String quoted(String name, String value) {
    if (value.matches(PLAIN)) {
      return value;
    }
    if (value.matches(IN_SINGLE_QUOTES)) {
      return "'" + value + "'";
    }
    if (value.matches(IN_DOUBLE_QUOTES)) {
      return '"' + value + '"';
    }
    throw refused(
        named,
        "no quotes make shells and the libraries called dotenv read %s alike, as it has a control character, a backslash at its end, or ' beside one of \" $ ` \\. ppgtest create --json prints it"
            .formatted(name),
        null);
  }

  private void replace(byte[] content) throws IOException {
    Path unfinished = unfinished();
    try {
      if (Files.exists(file)
          && !Files.getOwner(file).equals(Files.getOwner(unfinished, LinkOption.NOFOLLOW_LINKS))) {
        Files.setOwner(unfinished, Files.getOwner(file));
      }
      Files.write(unfinished, content);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException cleanUp) {
        e.addSuppressed(cleanUp);
      }
      throw e;
    }
  }

  private Path unfinished() throws IOException {
    Path folder = file.resolveSibling("");
    String prefix = file.getFileName() + ".";
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.createTempFile(
            folder,
            prefix,
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : Files.createTempFile(folder, prefix, null);
  }
}
