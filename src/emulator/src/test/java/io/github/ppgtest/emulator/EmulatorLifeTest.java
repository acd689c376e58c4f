package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulator with its PostgreSQL, from its start to what is left of it. */
class EmulatorLifeTest {
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
  void leavesNothingWhenItIsClosed() throws Exception {
    URI api;
    try (PrismaPostgresEmulator emulator =
        PrismaPostgresEmulator.builder().dataDirectory(data).start()) {
      api = emulator.apiUrl();
      assertThat(postProject(emulator).statusCode()).isEqualTo(201);
      assertThat(servers()).hasSize(1);
    }
    assertThat(servers()).isEmpty();
    assertThat(api.getPort()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"return", "exit"})
  void leavesNothingWhenTheJvmEndsWithoutClosingIt(String end) throws Exception {
    Process jvm = ChildJvm.of(ForgetfulTestCase.class, data.toString(), end).start();
    try (BufferedReader output = jvm.inputReader()) {
      assertThat(output.readLine()).isEqualTo("201");
      assertThat(jvm.waitFor()).isZero();
    } finally {
      jvm.destroyForcibly();
    }
    assertThat(servers()).isEmpty();
  }

  @Test
  void isNotStartedInAJvmThatIsEnding() throws Exception {
    Process jvm = ChildJvm.of(LateTestCase.class, data.toString()).start();
    try (BufferedReader output = jvm.inputReader()) {
      assertThat(output.readLine())
          .isEqualTo("No emulator can be started any more: this JVM is shutting down.");
      assertThat(jvm.waitFor()).isZero();
    } finally {
      jvm.destroyForcibly();
    }
    assertThat(data).doesNotExist();
  }

  /** A JVM that starts an emulator when no hook can be registered any more. */
  static final class LateTestCase {
    private LateTestCase() {}

    public static void main(String[] arguments) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      PrismaPostgresEmulator.builder().dataDirectory(Path.of(arguments[0])).start();
                    } catch (EmulatorStartException e) {
                      System.out.println(e.getMessage());
                    }
                  }));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNeitherAThreadNorAFileInAJvmThatStartsManyAtOnePort() throws Exception {
    Process jvm = ChildJvm.of(ManyLivesTestCase.class).start();
    try (BufferedReader output = jvm.inputReader()) {
      assertThat(output.lines()).containsExactly("as many files as before", "threads: []");
      assertThat(jvm.waitFor()).isZero();
    } finally {
      jvm.destroyForcibly();
    }
  }

  /** A JVM that starts 100 emulators one after the other, and closes them under their clients. */
  static final class ManyLivesTestCase {
    private ManyLivesTestCase() {}

    public static void main(String[] arguments) throws Exception {
      int port = start(0);
      for (int i = 0; i < 10; i++) {
        start(port);
      }
      long files = files();
      for (int i = 0; i < 90; i++) {
        start(port);
      }
      // The JVM itself may open a few.
      System.out.println(files() < files + 10 ? "as many files as before" : files + ", " + files());
      List<Thread> threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("ppgtest"))
              .toList();
      for (Thread thread : threads) {
        // A close interrupts who answers, and does not wait for it.
        thread.join(TestEmulator.HANG.toMillis());
      }
      System.out.println("threads: " + threads.stream().filter(Thread::isAlive).toList());
    }

    private static int start(int port) throws IOException {
      TestEmulator emulator = new TestEmulator(builder -> builder.port(port));
      URI api = emulator.emulator.apiUrl();
      InjectedFault slow = emulator.emulator.faults().inject(Fault.latency(TestEmulator.HANG));
      try (HostileClient waiting = HostileClient.of(api);
          HostileClient half = HostileClient.of(api);
          HostileClient refused = HostileClient.of(api)) {
        waiting.send(
            HostileClient.head(
                "GET",
                "/v1/me",
                Map.of(
                    "Host",
                    api.getAuthority(),
                    "Authorization",
                    "Bearer " + emulator.emulator.serviceToken())));
        half.send("GET / HTTP/1.1");
        refused.send("GET / HTTP/1.1\r\n\r\n");
        refused.status();
        while (slow.count() < 1) {
          Thread.onSpinWait();
        }
        emulator.close();
        waiting.awaitEnd();
        half.awaitEnd();
      }
      return api.getPort();
    }

    private static long files() throws IOException {
      try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
        return files.count();
      }
    }
  }

  private Stream<Path> servers() throws Exception {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(Files::isDirectory).toList().stream();
    }
  }

  private static HttpResponse<String> postProject(PrismaPostgresEmulator emulator)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(emulator.apiUrl().resolve("/v1/projects"))
                .header("Authorization", "Bearer " + emulator.serviceToken())
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"shop\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** A JVM that starts an emulator, uses it, and forgets to close it. */
  static final class ForgetfulTestCase {
    private ForgetfulTestCase() {}

    public static void main(String[] arguments) throws Exception {
      PrismaPostgresEmulator emulator =
          PrismaPostgresEmulator.builder().dataDirectory(Path.of(arguments[0])).start();
      System.out.println(postProject(emulator).statusCode());
      if (arguments[1].equals("exit")) {
        System.exit(0);
      }
    }
  }
}
