package io.github.ppgtest.leaktests;

import io.github.ppgtest.leaktests.Processes.Found;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Counts what is left of JVMs that are dead. */
final class Remains {
  private static final Pattern ENTRY =
      Pattern.compile("\"key\":\"([^\"]+)\",\"kind\":\"PROJECT\".*\"state\":\"(EXPECTED|GONE)\"");

  private final Path home;
  private final Path ledgers;
  private final Cloud cloud;
  private final SharedMemory memory;
  private final Set<String> before;
  private final List<Long> pids = new CopyOnWriteArrayList<>();

  /**
   * Counts for JVMs that run in a directory.
   *
   * @param before the ids of what was in the cloud before
   */
  Remains(Path home, Path ledgers, Cloud cloud, SharedMemory memory, Set<String> before) {
    this.home = home;
    this.memory = memory;
    this.ledgers = ledgers;
    this.cloud = cloud;
    this.before = before;
  }

  /** Counts what this JVM had too; the victim is the first. */
  void add(long pid) {
    pids.add(pid);
  }

  /** Lists the processes that are still there. */
  List<Found> processes() throws IOException {
    List<String> marks = new ArrayList<>(List.of(home + "/"));
    // Of servers with their directories in the default place.
    pids.forEach(pid -> marks.add("/pg-" + pid + "-"));
    return Processes.with(marks);
  }

  /** Lists files, directories, and what PostgreSQL has of the machine's shared memory. */
  List<String> files() throws IOException {
    List<String> left = new ArrayList<>();
    left.addAll(filesIn(home.resolve("tmp"), ""));
    left.addAll(filesIn(Storage.data(home), ""));
    left.addAll(filesIn(Storage.cache(home), ".*half-done.*"));
    left.addAll(memory.of(home));
    for (long pid : pids) {
      left.addAll(filesIn(ledgers, "(new-)?" + pid + "-.*"));
      for (Path place : List.of(Path.of("/dev/shm"), Path.of("/tmp"))) {
        for (String directory : filesIn(place, "ppgtest-.*")) {
          left.addAll(filesIn(Path.of(directory), "(new-)?pg-" + pid + "-.*"));
        }
      }
    }
    return left;
  }

  private static List<String> filesIn(Path directory, String pattern) throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (pattern.isEmpty() || file.getFileName().toString().matches(pattern)) {
          found.add(file.toString());
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Then nothing is in it.
    }
    return found;
  }

  /** Lists projects and databases. */
  List<String> inTheCloud() {
    return cloud.contents().entrySet().stream()
        .filter(entry -> !before.contains(entry.getKey()))
        .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
        .toList();
  }

  /** Lists all of it. */
  List<String> all() throws IOException {
    List<String> left = new ArrayList<>();
    processes().forEach(process -> left.add(process.toString()));
    left.addAll(files());
    left.addAll(inTheCloud());
    return left;
  }

  /** Whether a file is a ledger. */
  boolean isLedger(String file) {
    return Path.of(file).startsWith(ledgers);
  }

  /** Lists what is not there any more although it belongs to others. */
  static List<String> missing(Map<String, String> before, Map<String, String> now) {
    return before.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(now.get(entry.getKey())))
        .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
        .toList();
  }

  /**
   * Tells whether ledgers only say what was about to be created: where nothing of it is there, the
   * next JVM has nothing to do but to strike it.
   */
  boolean areOfNothingThatWasAskedFor() throws IOException {
    return ledgerLines().stream()
        .filter(line -> line.contains("\"state\":"))
        .allMatch(line -> line.contains("\"EXPECTED\"") || line.contains("\"GONE\""));
  }

  /**
   * Returns the names of projects that the victim was about to create, if its ledger is the only
   * file that is left and names nothing else; else none.
   */
  List<String> unansweredProjects() throws IOException {
    String ledger = ledgers.resolve(pids.get(0) + "-").toString();
    if (!files().stream().allMatch(file -> file.startsWith(ledger))) {
      return List.of();
    }
    Map<String, String> states = new LinkedHashMap<>();
    for (String line : ledgerLines()) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.find()) {
        states.put(entry.group(1), entry.group(2));
      } else if (line.contains("\"state\":")) {
        return List.of();
      }
    }
    return states.keySet().stream().filter(key -> "EXPECTED".equals(states.get(key))).toList();
  }

  /** Deletes the ledgers that are left. */
  void deleteLedgers() throws IOException {
    for (long pid : pids) {
      for (String file : filesIn(ledgers, "(new-)?" + pid + "-.*")) {
        Files.deleteIfExists(Path.of(file));
      }
    }
  }

  /** Returns what ledgers say that are left; nothing in them is secret. */
  List<String> ledgerLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (long pid : pids) {
      for (String file : filesIn(ledgers, "(new-)?" + pid + "-.*")) {
        try (Stream<String> content = Files.lines(Path.of(file))) {
          content.forEach(line -> lines.add(file + ": " + line));
        }
      }
    }
    return lines;
  }
}
