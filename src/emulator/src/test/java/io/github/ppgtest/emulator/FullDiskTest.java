package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ppgtest.emulator.clients.Jdbc;
import io.github.ppgtest.testsupport.Tmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The file system where the databases are has no room. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "mounts a tmpfs")
class FullDiskTest {
  @TempDir private Path directory;
  private Tmpfs small;

  @BeforeEach
  void openTheDirectoryToPostgres() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void unmount() {
    if (small != null) {
      small.close();
    }
  }

  private Path mounted(int megabytes) throws Exception {
    small = Tmpfs.mount(directory.resolve("small"), megabytes);
    return small.directory().resolve("data");
  }

  @Test
  void isToldWhereItIsTooSmallForAServer() throws Exception {
    Path data = mounted(12);
    assertThatThrownBy(() -> PrismaPostgresEmulator.builder().dataDirectory(data).start())
        .isInstanceOf(EmulatorStartException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("The file system of " + data)
        .hasMessageContaining("is full (tmpfs, 0 of 12 MB free)")
        .hasMessageContaining("name another directory with the setting ppgtest.data-dir.");
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void isToldWhenThereIsNoRoomForAnotherDatabaseAndHealsWhenThereIs() throws Exception {
    Path data = mounted(64);
    try (PrismaPostgresEmulator emulator =
        PrismaPostgresEmulator.builder().dataDirectory(data).start()) {
      EmulatorClient client = new EmulatorClient(emulator);
      EmulatorClient.Made first = client.create();
      EmulatorClient.Made failed = null;
      for (int i = 0; failed == null && i < 20; i++) {
        EmulatorClient.Made next = client.begin();
        if (client.end(next).equals("failure")) {
          failed = next;
        }
      }
      assertThat(failed).isNotNull();
      assertThat(emulator.failure(failed.id()).orElseThrow())
          .contains("No space left on device", "The file system of " + data)
          .endsWith("or name another directory with the setting ppgtest.data-dir.")
          .doesNotContain("Prisma");
      assertThat(emulator.lostServers()).isZero();

      client.delete(first);
      EmulatorClient.Made next = client.create();
      assertThat(Jdbc.query(next.url(), "SELECT 'works'")).isEqualTo("works");
    }
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void isToldWhenItHasEndedTheServer() throws Exception {
    Path data = mounted(64);
    try (PrismaPostgresEmulator emulator =
        PrismaPostgresEmulator.builder().dataDirectory(data).start()) {
      EmulatorClient client = new EmulatorClient(emulator);
      EmulatorClient.Made database = client.create();
      Path filler = small.directory().resolve("filler");
      try (Connection session = Jdbc.connect(database.url())) {
        assertThatThrownBy(() -> fill(filler)).isInstanceOf(IOException.class);
        assertThat(emulator.storageProblem().orElseThrow()).contains("The file system of " + data);
        assertThatThrownBy(() -> growTheLogOfChanges(session)).isInstanceOf(SQLException.class);
      }

      await().atMost(TestEmulator.HANG).until(() -> emulator.failure(database.id()).isPresent());
      assertThat(emulator.failure(database.id()).orElseThrow())
          .contains("The file system of " + data)
          .doesNotContain("Prisma");

      Files.delete(filler);
      assertThat(Jdbc.query(client.create().url(), "SELECT 'works'")).isEqualTo("works");
    }
  }

  private static void growTheLogOfChanges(Connection session) throws SQLException {
    try (Statement statement = session.createStatement()) {
      for (int i = 0; i < 100; i++) {
        statement.execute("SELECT pg_logical_emit_message(true, '', repeat('x', 1000000))");
      }
    }
  }

  private static void fill(Path filler) throws IOException {
    byte[] piece = new byte[4096];
    try (var output = Files.newOutputStream(filler)) {
      for (int i = 0; i < 1 << 20; i++) {
        output.write(piece);
      }
    }
  }
}
