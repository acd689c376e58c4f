package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The manifest of a database's files for use in another server.
 *
 * @param counters its server's counters when they were complete
 * @param frozenXid {@code datfrozenxid}
 * @param frozenMultixact {@code datminmxid}
 * @param owner the number of the role that owns what is in it
 * @param files each file
 * @param dependencies the rows of {@code pg_shdepend}, as SQL, without the database
 * @param settings the settings kept for its first login, see {@link RoleSettings}
 */
record SavedTemplate(
    Counters counters,
    long frozenXid,
    long frozenMultixact,
    long owner,
    List<SavedFile> files,
    List<String> dependencies,
    List<String> settings) {
  static final String MANIFEST = "manifest";

  /** Raise it when the fields below change. */
  static final int FORMAT = 2;

  private static final Pattern DEPENDENCY = Pattern.compile("(\\d+,){5}'[a-z]'");

  SavedTemplate {
    for (String dependency : dependencies) {
      if (!DEPENDENCY.matcher(dependency).matches()) {
        throw new IllegalArgumentException("No dependency: " + dependency);
      }
    }
    files = List.copyOf(files);
    dependencies = List.copyOf(dependencies);
    settings = List.copyOf(settings);
  }

  /**
   * A file.
   *
   * @param checksum CRC-32C
   */
  record SavedFile(String name, long size, long checksum) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.]*");

    SavedFile {
      if (!NAME.matcher(name).matches() || size < 0) {
        throw new IllegalArgumentException("No file of a database: " + name);
      }
    }
  }

  long size() {
    return files.stream().mapToLong(SavedFile::size).sum();
  }

  /** Writes the manifest of the files in a directory, as the last step there. */
  void write(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("counters %d %d %d".formatted(counters.xid(), counters.multixact(), counters.wal()));
    lines.add("database %d %d %d".formatted(frozenXid, frozenMultixact, owner));
    files.forEach(
        file -> lines.add("file %s %d %d".formatted(file.name, file.size, file.checksum)));
    dependencies.forEach(dependency -> lines.add("depends " + dependency));
    // A value may hold anything, line ends too.
    settings.forEach(
        setting ->
            lines.add(
                "setting "
                    + Base64.getEncoder()
                        .encodeToString(setting.getBytes(StandardCharsets.UTF_8))));
    String text = String.join("\n", lines);
    FileTree.write(
        directory.resolve(MANIFEST), "rw-------", text + "\nwhole " + checksum(text) + "\n");
  }

  /**
   * Reads the manifest of a directory.
   *
   * @throws IOException if it is missing or not whole
   */
  static SavedTemplate read(Path directory) throws IOException {
    String all = Files.readString(directory.resolve(MANIFEST));
    int end = all.lastIndexOf("\nwhole ");
    if (end < 0
        || !all.substring(end).equals("\nwhole " + checksum(all.substring(0, end)) + "\n")) {
      throw new IOException("The manifest in " + directory + " is damaged.");
    }
    try {
      return parse(all.substring(0, end).lines().map(line -> line.split(" ", -1)).toList());
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("The manifest in " + directory + " cannot be understood.", e);
    }
  }

  private static SavedTemplate parse(List<String[]> lines) {
    List<SavedFile> files = new ArrayList<>();
    List<String> dependencies = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    for (String[] line : lines.subList(2, lines.size())) {
      switch (line[0]) {
        case "file" -> files.add(new SavedFile(line[1], number(line[2]), number(line[3])));
        case "depends" -> dependencies.add(line[1]);
        case "setting" ->
            settings.add(new String(Base64.getDecoder().decode(line[1]), StandardCharsets.UTF_8));
        default -> throw new IllegalArgumentException(line[0]);
      }
    }
    String[] counted = lines.get(0);
    String[] database = lines.get(1);
    return new SavedTemplate(
        new Counters(number(counted[1]), number(counted[2]), number(counted[3])),
        number(database[1]),
        number(database[2]),
        number(database[3]),
        files,
        dependencies,
        settings);
  }

  private static long number(String digits) {
    return Long.parseLong(digits);
  }

  private static long checksum(String text) {
    CRC32C checksum = new CRC32C();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }
}
