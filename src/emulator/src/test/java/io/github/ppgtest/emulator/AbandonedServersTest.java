package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedServersTest {
  private Path data;

  @BeforeEach
  void makeADirectoryThatPostgresCanEnter(@TempDir Path directory) throws Exception {
    // JUnit's own is closed to the user that PostgreSQL runs as when we are root.
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    data = directory.resolve("data");
  }

  @Test
  void removesWhatAKilledJvmLeftAndNothingOfTheLiving() throws Exception {
    Process killed = fork();
    Process living = fork();
    try (BufferedReader output = killed.inputReader();
        BufferedReader others = living.inputReader();
        PrismaPostgresEmulator own = PrismaPostgresEmulator.builder().dataDirectory(data).start()) {
      assertThat(output.readLine()).isEqualTo("started");
      assertThat(others.readLine()).isEqualTo("started");
      assertThat(own.apiUrl()).isNotNull();
      assertThat(directories()).hasSize(3);
      assertThat(servers()).hasSize(3);

      AbandonedServers.remove(data);
      assertThat(servers()).hasSize(3);

      killed.destroyForcibly().waitFor();
      AbandonedServers.remove(data);
      assertThat(directories()).hasSize(2);
      assertThat(servers()).hasSize(2);

      // This process still holds its own, also after it has swept.
      living.destroyForcibly().waitFor();
      AbandonedServers.remove(data);
      assertThat(directories()).hasSize(1);
      assertThat(servers()).hasSize(1);
    } finally {
      killed.destroyForcibly();
      living.destroyForcibly();
    }
    assertThat(directories()).isEmpty();
  }

  @Test
  void doesNothingWhereThereIsNothing() throws Exception {
    AbandonedServers.remove(data);

    assertThat(data).doesNotExist();
  }

  private Process fork() throws IOException {
    return ChildJvm.of(WaitingTestCase.class, data.toString()).start();
  }

  private List<Path> directories() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  /** PostgreSQL's first processes, which name their directory. */
  private List<Long> servers() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().arguments().stream()
                    .flatMap(Stream::of)
                    .anyMatch(argument -> argument.startsWith(data + "/")))
        .map(ProcessHandle::pid)
        .toList();
  }

  /** A JVM that starts an emulator and waits to be killed. */
  static final class WaitingTestCase {
    private WaitingTestCase() {}

    public static void main(String[] arguments) throws Exception {
      PrismaPostgresEmulator emulator =
          PrismaPostgresEmulator.builder().dataDirectory(Path.of(arguments[0])).start();
      assertThat(emulator.apiUrl()).isNotNull();
      System.out.println("started");
      System.in.read();
    }
  }
}
