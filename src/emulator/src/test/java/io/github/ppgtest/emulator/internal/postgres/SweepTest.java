package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ppgtest.emulator.ChildJvm;
import io.github.ppgtest.emulator.OwnDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  private Path parent;

  @BeforeEach
  void makeADirectoryThatNobodyCanEnter(@TempDir Path directory) throws IOException {
    // JUnit's own is closed to the user that PostgreSQL runs as.
    OwnDirectory.setPermissions(directory, "rwxr-xr-x");
    parent = directory.resolve("servers");
  }

  @Test
  void removesTheServerOfAKilledJvmAndNoneThatIsInUse() throws Exception {
    Process jvm = fork(OwnerTestCase.class);
    Path abandoned;
    try (BufferedReader output = jvm.inputReader()) {
      abandoned = Path.of(output.readLine());
      PostgresServer living = PostgresServer.start(settings(parent));
      try {
        ProcessHandle server = process(abandoned);

        // Its owner lives: starting and sweeping leave it alone.
        sweep();
        assertThat(server.isAlive()).isTrue();
        assertThat(abandoned).isDirectory();

        // And ours is safe from others, also after this process has swept.
        assertThat(fork(SweeperTestCase.class).waitFor()).isZero();
        assertThat(process(PostgresServerTest.dataDirectory(living)).isAlive()).isTrue();

        jvm.destroyForcibly().waitFor();
        assertThat(server.isAlive()).as("PostgreSQL outlives its killed JVM").isTrue();

        try (PostgresServer next = PostgresServer.start(settings(parent))) {
          await()
              .atMost(Duration.ofMinutes(3))
              .untilAsserted(() -> assertThat(abandoned.getParent()).doesNotExist());
          assertThat(server.isAlive()).isFalse();
          assertThat(process(PostgresServerTest.dataDirectory(next)).isAlive()).isTrue();
        }
        assertThat(process(PostgresServerTest.dataDirectory(living)).isAlive()).isTrue();
      } finally {
        living.close();
      }
    }
    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void leavesAProcessAloneThatHasTheNumberOfADeadServer() throws Exception {
    Files.createDirectory(parent);
    Path data = Files.createDirectories(parent.resolve("pg-1-dead/data"));
    Files.createFile(parent.resolve("pg-1-dead.lock"));
    Process innocent = fork(SleeperTestCase.class);
    try {
      Files.writeString(
          data.resolve("postmaster.pid"),
          innocent.pid() + "\n" + data + "\n" + Instant.now().getEpochSecond() + "\n");

      sweep();

      assertThat(innocent.isAlive()).isTrue();
      assertThat(data.getParent()).doesNotExist();
    } finally {
      innocent.destroyForcibly().waitFor();
    }
  }

  @Test
  void removesTheProbeOfAProcessThatWasKilledWhileItTriedWhetherItMayWrite() throws IOException {
    Files.createDirectory(parent);
    long own = ProcessHandle.current().pid();
    Path old = Files.createFile(parent.resolve(".probe-" + own + "-1.tmp"));
    Path young = Files.createFile(parent.resolve(".probe-" + own + "-2.tmp"));
    // Greater than any number that a system gives.
    Path dead = Files.createFile(parent.resolve(".probe-" + Integer.MAX_VALUE + "-3.tmp"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(70)));

    sweep();

    assertThat(old).doesNotExist();
    assertThat(dead).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void endsAServerThatHasNotWrittenItsNumberDownYet() throws Exception {
    Files.createDirectory(parent);
    Path data = Files.createDirectories(parent.resolve("pg-1-dead/data"));
    Files.createFile(parent.resolve("pg-1-dead.lock"));
    Process starting = fork(SleeperTestCase.class, "-D", data.toString());
    Process another = fork(SleeperTestCase.class, "-D", data + "2");
    try {
      sweep();

      assertThat(starting.isAlive()).isFalse();
      assertThat(another.isAlive()).isTrue();
      assertThat(parent).isEmptyDirectory();
    } finally {
      starting.destroyForcibly();
      another.destroyForcibly();
    }
  }

  @Test
  void saysThatAServerIsLeftWhoseLockAnotherProcessHolds() throws Exception {
    Process jvm = fork(OwnerTestCase.class);
    Path data = Path.of(jvm.inputReader().readLine());
    ProcessHandle server = process(data);
    Instant startedAt = jvm.toHandle().info().startInstant().orElse(null);
    jvm.destroyForcibly().waitFor();
    Path lock = data.resolveSibling("").resolveSibling(data.getParent().getFileName() + ".lock");
    Process holder = fork(LockHolderTestCase.class, lock.toString());
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("locked");

      assertThatThrownBy(() -> Sweep.abandoned(parent, jvm.pid(), startedAt))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process holds the lock " + lock);
      assertThat(server.isAlive()).isTrue();
    } finally {
      holder.destroyForcibly().waitFor();
    }

    Sweep.abandoned(parent, jvm.pid(), startedAt);
    assertThat(server.isAlive()).isFalse();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void comesBackForWhatCouldNotBeRemoved() throws Exception {
    Files.createDirectory(parent);
    Path data = Files.createDirectories(parent.resolve("pg-1-dead/data"));
    Files.createFile(parent.resolve("pg-1-dead.lock"));
    // Where a file is to be, a directory is: its reading fails.
    Path obstacle = Files.createDirectories(data.resolve("postmaster.pid"));

    assertThatThrownBy(this::sweep)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Could not remove " + data.getParent().toRealPath());

    Files.delete(obstacle);
    sweep();
    assertThat(parent).isEmptyDirectory();
  }

  private Process fork(Class<?> main) throws IOException {
    return fork(main, parent.toString());
  }

  private static Process fork(Class<?> main, String... arguments) throws IOException {
    return ChildJvm.of(main, arguments).start();
  }

  private void sweep() throws IOException {
    sweep(parent);
  }

  private static void sweep(Path parent) throws IOException {
    Sweep.abandoned(parent);
  }

  private static ProcessHandle process(Path data) throws IOException {
    PostmasterPid pid = PostmasterPid.read(data);
    assertThat(pid).isNotNull();
    return pid.process(data).orElseThrow();
  }

  private static PostgresSettings settings(Path data) {
    return new PostgresSettings(
        20, Duration.ofSeconds(10), Duration.ofSeconds(15), null, data, null);
  }

  /** A JVM that starts a server, tells where, and waits to be killed. */
  static final class OwnerTestCase {
    private OwnerTestCase() {}

    public static void main(String[] arguments) throws Exception {
      PostgresServer server = PostgresServer.start(settings(Path.of(arguments[0])));
      System.out.println(PostgresServerTest.dataDirectory(server));
      System.in.read();
    }
  }

  /** A JVM that sweeps. */
  static final class SweeperTestCase {
    private SweeperTestCase() {}

    public static void main(String[] arguments) throws Exception {
      sweep(Path.of(arguments[0]));
    }
  }

  /** A JVM that waits to be killed. */
  static final class SleeperTestCase {
    private SleeperTestCase() {}

    public static void main(String[] arguments) throws Exception {
      System.in.read();
    }
  }
}
