package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is prepared once per machine, and then damaged: one directory for all, as it heals. */
@Execution(ExecutionMode.SAME_THREAD)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no file that is open can be changed there")
class DamagedCacheTest {
  @TempDir private static Path directory;

  @BeforeAll
  static void openTheDirectoryToPostgres() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** What is wrong with the cache. */
  private enum Damage {
    TRUNCATED_CONTROL_FILE,
    FALSE_CONTROL_FILE,
    MISSING_PASSWORD,
    MISSING_LIBRARIES,
    MISSING_EXTENSION,
    TRUNCATED_PROGRAM,
    FALSE_PROGRAM,
    MISSING_PROGRAM,
    EMPTY_SHARE
  }

  @ParameterizedTest
  @EnumSource
  void isMadeAnewOnce(Damage damage) throws IOException {
    start();
    List<FileTime> before = lists();
    damage(damage);

    start();
    List<FileTime> healed = lists();
    assertThat(healed).hasSize(2).isNotEqualTo(before);

    start();
    assertThat(lists()).isEqualTo(healed);
    try (Stream<Path> entries = Files.list(directory.resolve("cache"))) {
      assertThat(entries.map(Path::toString).filter(name -> name.contains("half-done"))).isEmpty();
    }
  }

  /** As the command puts there what it was given in NODE_EXTRA_CA_CERTS. */
  @Test
  void staysWhereAFileIsAdded() throws IOException {
    start();
    List<FileTime> before = lists();
    Files.createFile(entry("-cluster-[0-9a-f]+").resolve("with-more.pem"));

    start();

    assertThat(lists()).isEqualTo(before);
  }

  private static void damage(Damage damage) throws IOException {
    Path programs = entry("-\\d");
    Path cluster = entry("-cluster-[0-9a-f]+");
    Path control = cluster.resolve("data/global/pg_control");
    switch (damage) {
      case TRUNCATED_CONTROL_FILE -> truncate(control);
      case FALSE_CONTROL_FILE -> overwrite(control);
      case MISSING_PASSWORD -> Files.delete(cluster.resolve("superuser-password"));
      case MISSING_LIBRARIES -> FileTree.delete(programs.resolve("lib"));
      case MISSING_EXTENSION ->
          FileTree.delete(programs.resolve("share/postgresql/extension/citext.control"));
      case TRUNCATED_PROGRAM -> truncate(programs.resolve("bin/postgres"));
      case FALSE_PROGRAM -> overwrite(programs.resolve("bin/postgres"));
      case MISSING_PROGRAM -> Files.delete(programs.resolve("bin/postgres"));
      case EMPTY_SHARE -> {
        FileTree.delete(programs.resolve("share"));
        Files.createDirectory(programs.resolve("share"));
      }
    }
  }

  private static void truncate(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(100);
    }
  }

  /** Its size stays. */
  private static void overwrite(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, new byte[content.length]);
  }

  private static void start() {
    try (PostgresServer server =
        PostgresServer.start(
            new PostgresSettings(
                20,
                Duration.ofMinutes(3),
                Duration.ofMinutes(3),
                directory.resolve("cache"),
                directory.resolve("data"),
                null))) {
      server.createDatabase("works");
    }
  }

  private static Path entry(String end) throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve("cache"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("postgres-.*-[0-9a-f]{8}" + end))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<FileTime> lists() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("cache"), 2)) {
      return files
          .filter(file -> file.getFileName().toString().equals("installed-files"))
          .sorted(Comparator.comparing(Path::toString))
          .map(DamagedCacheTest::written)
          .toList();
    }
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
