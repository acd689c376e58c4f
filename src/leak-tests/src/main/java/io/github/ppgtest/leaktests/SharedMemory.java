package io.github.ppgtest.leaktests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machine's shared memory: segments of System V, and PostgreSQL's files of POSIX memory. As
 * neither tells for long to which victim it belongs, both are looked at all the time. Thread-safe.
 */
final class SharedMemory implements AutoCloseable {
  private static final Path PROC = Path.of("/proc");
  private static final String TEMPORARY = "TMPDIR=";
  private static final int COLUMN_OF_NUMBER = 1;
  private static final int COLUMN_OF_CREATOR = 4;

  /** By what it is called: the temporary directory of its creator; empty where unknown. */
  private final Map<String, String> owners = new HashMap<>();

  private final Thread watcher = new Thread(this::watch, "shared memory");

  /** Begins to look. */
  static SharedMemory watched() {
    SharedMemory memory = new SharedMemory();
    memory.look();
    memory.watcher.setDaemon(true);
    memory.watcher.start();
    return memory;
  }

  private void watch() {
    try {
      while (true) {
        look();
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /** Sees what there is, before a process of it is killed. */
  synchronized void look() {
    try {
      Map<String, Long> creators = segments();
      files().forEach(file -> creators.put(file, user(file)));
      owners.keySet().retainAll(creators.keySet());
      creators.forEach(
          (name, creator) -> owners.computeIfAbsent(name, any -> temporaryDirectory(creator)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lists what is there of processes with a temporary directory in this one. */
  synchronized List<String> of(Path home) {
    look();
    return owners.entrySet().stream()
        .filter(entry -> Path.of(entry.getValue()).startsWith(home))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, Long> segments() throws IOException {
    Map<String, Long> creators = new LinkedHashMap<>();
    Files.readAllLines(PROC.resolve("sysvipc/shm")).stream()
        .skip(1)
        .map(line -> line.strip().split(" +"))
        .forEach(
            columns ->
                creators.put(
                    "shared memory segment %s of process %s"
                        .formatted(columns[COLUMN_OF_NUMBER], columns[COLUMN_OF_CREATOR]),
                    Long.valueOf(columns[COLUMN_OF_CREATOR])));
    return creators;
  }

  private static List<String> files() throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of("/dev/shm"), "PostgreSQL.*")) {
      return Stream.iterate(files.iterator(), it -> it.hasNext(), it -> it)
          .map(it -> it.next().toString())
          .toList();
    }
  }

  /** Finds a process that uses a file; -1 where there is none. */
  private long user(String file) {
    if (owners.containsKey(file)) {
      return -1;
    }
    return ProcessHandle.allProcesses()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> read(pid, "maps").contains(file))
        .findFirst()
        .orElse(-1);
  }

  private static String temporaryDirectory(long pid) {
    return Stream.of(read(pid, "environ").split("\0"))
        .filter(variable -> variable.startsWith(TEMPORARY))
        .map(variable -> variable.substring(TEMPORARY.length()))
        .findFirst()
        .orElse("");
  }

  private static String read(long pid, String what) {
    try {
      return new String(
          Files.readAllBytes(PROC.resolve(pid + "/" + what)), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // It has ended, or is another user's.
      return "";
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
