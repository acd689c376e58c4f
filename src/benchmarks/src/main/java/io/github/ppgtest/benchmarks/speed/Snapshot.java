package io.github.ppgtest.benchmarks.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The resources of this JVM and its PostgreSQL at a moment, in bytes. On Linux.
 *
 * @param disk the files of PostgreSQL's directory
 * @param memory PostgreSQL's processes, with shared memory counted once
 * @param heap this JVM's heap after a collection
 */
record Snapshot(long disk, long memory, long heap) {
  private static final String PRINTED_AS = "snapshot";

  /** Measures. */
  static Snapshot take() {
    List<ProcessHandle> postgres =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
            .toList();
    System.gc();
    return new Snapshot(
        size(dataDirectory(postgres)),
        postgres.stream().mapToLong(Snapshot::proportionalMemory).sum(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  static Snapshot parse(String line) {
    String[] words = line.split(" ");
    return new Snapshot(
        Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
  }

  static boolean isPrintedIn(String line) {
    return line.startsWith(PRINTED_AS + " ");
  }

  String line() {
    return "%s %d %d %d".formatted(PRINTED_AS, disk, memory, heap);
  }

  /** Its child processes have other arguments: their activity. */
  private static Path dataDirectory(List<ProcessHandle> postgres) {
    return postgres.stream()
        .map(process -> Arrays.asList(process.info().arguments().orElse(new String[0])))
        .filter(arguments -> arguments.contains("-D"))
        .map(arguments -> Path.of(arguments.get(arguments.indexOf("-D") + 1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("This JVM has no PostgreSQL."));
  }

  private static long proportionalMemory(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup")).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .sum();
    } catch (IOException e) {
      // It has ended since: a session, probably.
      return 0;
    }
  }

  private static long size(Path directory) {
    AtomicLong size = new AtomicLong();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              size.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              // Databases are deleted meanwhile.
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return size.get();
  }
}
