package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.ppgtest.emulator.FileList;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
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
  private static final Duration HANG = Duration.ofMinutes(2);
  private static final String LIBRARY = "lib/postgresql/plpgsql.so";

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
    /** Not by any program, so that its time is the old one: this server does not start. */
    ROTTEN_PROGRAM,
    /** This one starts, and knows no superuser. */
    ROTTEN_ROLES,
    /** With this one everything works until a function is written in PL/pgSQL. */
    CHANGED_LIBRARY
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

  @Test
  void isCheckedWhereAServerFailsOrEnds() throws Exception {
    try (PostgresServer server = newServer()) {
      Path cluster = entry("-cluster-[0-9a-f]+");
      Path rotten = cluster.resolve("data/PG_VERSION");
      rot(rotten);

      assertThat(server.explained(new DatabaseEngineException("It failed.", null)))
          .hasMessage(
              "It failed. In the cache, %s is damaged: its bytes are not those that were written. The"
                  + " next start of PostgreSQL makes %s anew.",
              rotten, cluster);

      Path data = PostgresServerTest.dataDirectory(server);
      ProcessHandle process = PostmasterPid.read(data).process(data).orElseThrow();
      process.destroyForcibly();
      process.onExit().join();
      // The list was deleted, so that the next start does not use the entry.
      assertThat(server.end().orElseThrow())
          .contains(" has ended. In the cache, " + cluster, " is damaged", "SIGKILL");
    }
  }

  @Test
  void isCheckedOnceADay() throws Exception {
    start();
    Path cluster = entry("-cluster-[0-9a-f]+");
    FileList.confirm(cluster, Instant.now().minus(Duration.ofHours(25)));
    start();
    await().atMost(HANG).until(() -> isCheckedToday(cluster));
    rot(cluster.resolve("certificate.pem"));
    assertThat(FileList.isWhole(cluster)).isTrue();

    FileList.confirm(cluster, Instant.now().minus(Duration.ofHours(25)));
    PostgresServer server = newServer();
    await().atMost(HANG).until(() -> !FileList.isWhole(cluster));
    server.close();
  }

  private static boolean isCheckedToday(Path entry) throws IOException {
    return FileList.checkedAt(entry).isAfter(Instant.now().minus(Duration.ofHours(1)));
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

  /** Servers of other JVMs run from it. */
  @Test
  void staysWhereAServerCannotStartForAnotherReason() throws IOException {
    start();
    List<FileTime> before = lists();

    // More than PostgreSQL takes.
    assertThatExceptionOfType(DatabaseEngineException.class)
        .isThrownBy(() -> newServer(100_000).close())
        .withMessageContaining("max_connections");

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
      case ROTTEN_PROGRAM -> rot(programs.resolve("bin/postgres"));
      // The table of roles has this number in every cluster.
      case ROTTEN_ROLES -> rot(cluster.resolve("data/global/1260"));
      case CHANGED_LIBRARY -> overwrite(programs.resolve(LIBRARY));
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

  /** Its time stays too. */
  private static void rot(Path file) throws IOException {
    FileTime written = Files.getLastModifiedTime(file);
    overwrite(file);
    Files.setLastModifiedTime(file, written);
  }

  private static void start() {
    try (PostgresServer server = newServer()) {
      server.createDatabase("works");
    }
  }

  private static PostgresServer newServer() {
    return newServer(20);
  }

  private static PostgresServer newServer(int connectionLimit) {
    return PostgresServer.start(
        new PostgresSettings(
            connectionLimit,
            Duration.ofMinutes(3),
            Duration.ofMinutes(3),
            directory.resolve("cache"),
            directory.resolve("data"),
            null));
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
