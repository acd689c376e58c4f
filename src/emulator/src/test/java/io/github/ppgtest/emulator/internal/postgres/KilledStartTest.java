package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is killed while it starts, by the program that starts it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class KilledStartTest {
  private static final String BEFORE_IT_IS_READY = "kill -9 $$";

  /**
   * What it had written down goes too, as if it were killed before it could. Where it is ready
   * sooner, the superuser's login waits for its end.
   */
  private static final String BEFORE_ITS_SEGMENT_IS_WRITTEN_DOWN =
      """
      (
        until test "$(wc -l < "$2/postmaster.pid")" -ge 7; do sleep 0.01; done 2> /dev/null
        kill -STOP $$
        rm "$2/postmaster.pid"
        kill -9 $$
      ) &
      set -- "$@" -c pre_auth_delay=60
      """;

  /**
   * As if it were killed when it had said so, and before this JVM looks for it. Where it says so
   * sooner, the superuser's login waits for its end.
   */
  private static final String AS_SOON_AS_IT_IS_READY =
      """
      $postgres "$@" -c pre_auth_delay=60 &
      server=$!
      echo $server >> $servers
      until grep -q "starting\\|ready" "$2/postmaster.pid"; do :; done 2> /dev/null
      kill -9 $server
      wait $server
      sed -i 's/starting/ready   /' "$2/postmaster.pid"
      exit 137
      """;

  /** The superuser's login waits for the server's end. */
  private static final String WHILE_IT_LETS_ITS_SUPERUSER_IN =
      """
      (
        until grep -q ready "$2/postmaster.pid"; do sleep 0.01; done 2> /dev/null
        children=$(cat /proc/$$/task/$$/children)
        kill -9 $$
        for child in $children; do
          grep -q postgres /proc/$child/comm && kill -9 $child
        done
      ) &
      set -- "$@" -c pre_auth_delay=60
      """;

  @TempDir private Path directory;
  private PostgresBinaries real;
  private Path deaths;
  private Path pids;

  @BeforeEach
  void openTheDirectoryToPostgres() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    deaths = Files.createDirectory(directory.resolve("deaths"));
    // Another user runs PostgreSQL where we are root.
    Files.setPosixFilePermissions(deaths, PosixFilePermissions.fromString("rwxrwxrwx"));
    pids = Files.createFile(directory.resolve("pids"));
    Files.setPosixFilePermissions(pids, PosixFilePermissions.fromString("rw-rw-rw-"));
    real = PostgresBinaries.find(null, Platform.current(), CacheDirectory.open(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BEFORE_IT_IS_READY,
        BEFORE_ITS_SEGMENT_IS_WRITTEN_DOWN,
        AS_SOON_AS_IT_IS_READY,
        WHILE_IT_LETS_ITS_SUPERUSER_IN
      })
  void isStartedAgain(String death) throws IOException {
    Path home = dying(death, 2);
    try (PostgresServer server = start(home)) {
      server.createDatabase("works");
      assertThat(clusters()).hasSize(1);
    }
    assertThat(deaths).isEmptyDirectory();
    assertThat(directory.resolve("data")).isEmptyDirectory();
    List<String> servers = Files.readAllLines(pids);
    assertThat(servers).hasSizeGreaterThanOrEqualTo(3);
    assertThat(creatorsOfSegments()).doesNotContainAnyElementsOf(servers);
  }

  @Test
  void isGivenUpWhenItIsKilledEachTime() throws IOException {
    Path home = dying(BEFORE_IT_IS_READY, 3);
    assertThatThrownBy(() -> start(home))
        .isInstanceOf(EndedByOthersException.class)
        .hasMessageStartingWith(
            "PostgreSQL has ended while it started. It was ended by signal 9 SIGKILL, by another"
                + " process or, where memory runs out, by the system");
    assertThat(directory.resolve("data")).isEmptyDirectory();
  }

  private PostgresServer start(Path home) {
    return PostgresServer.start(
        new PostgresSettings(
            20,
            Duration.ofMinutes(3),
            Duration.ofMinutes(3),
            directory.resolve("cache"),
            directory.resolve("data"),
            home));
  }

  private static List<String> creatorsOfSegments() throws IOException {
    return Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
        .map(line -> line.strip().split(" +")[4])
        .toList();
  }

  /** One is made anew where the cache is blamed. */
  private List<Path> clusters() throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve("cache"))) {
      return entries.filter(entry -> entry.toString().matches(".*-cluster-[0-9a-f]+")).toList();
    }
  }

  /** Makes an installation with which so many servers die. */
  private Path dying(String death, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      Files.createDirectory(deaths.resolve(Integer.toString(i)));
    }
    Path home = Files.createDirectory(directory.resolve("home"));
    for (String part : List.of("lib", "share")) {
      Files.createSymbolicLink(home.resolve(part), real.home().resolve(part));
    }
    Path bin = Files.createDirectory(home.resolve("bin"));
    for (String name : List.of("initdb", "pg_ctl")) {
      Files.createSymbolicLink(bin.resolve(name), real.program(name));
    }
    Path program =
        Files.writeString(
            bin.resolve("postgres"),
            """
            #!/bin/sh
            servers=%s
            postgres=%s
            if test "$1" = -D; then
              echo $$ >> $servers
              for left in %s/*; do
                if rmdir "$left" 2> /dev/null; then
                  %s
                  break
                fi
              done
            fi
            exec $postgres "$@"
            """
                .formatted(pids, real.program("postgres"), deaths, death));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }
}
