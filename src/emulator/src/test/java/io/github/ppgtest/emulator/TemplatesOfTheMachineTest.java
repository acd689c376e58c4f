package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ppgtest.emulator.internal.postgres.CacheWithoutTemplates;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates that several JVMs want. */
final class TemplatesOfTheMachineTest {
  private CacheWithoutTemplates cache;

  @BeforeEach
  void makeCache(@TempDir Path directory) throws IOException {
    cache = new CacheWithoutTemplates(directory);
  }

  @AfterEach
  void close() throws IOException {
    AbandonedServers.remove(cache.directory().resolve("data"));
    cache.close();
  }

  @Test
  void areMadeByTheFirstThatWantsThem() throws Exception {
    try (Jvm first = new Jvm("make")) {
      first.expect("making", "made", "done");
    }
    try (Jvm second = new Jvm("make")) {
      second.expect("done");
    }
    assertThat(cache.templates()).hasSize(1);
  }

  @Test
  void areWaitedForWhereAnotherMakesThem() throws Exception {
    try (Jvm first = new Jvm("hold")) {
      first.expect("making");
      try (Jvm second = new Jvm("make")) {
        second.expect("asking");
        first.letGo();
        first.expect("made", "done");
        second.expect("done");
      }
    }
  }

  @Test
  void areMadeByTheNextWhereTheMakerIsKilled() throws Exception {
    try (Jvm first = new Jvm("hold")) {
      first.expect("making");
      try (Jvm second = new Jvm("make")) {
        second.expect("asking");
        first.kill();
        second.expect("making", "made", "done");
      }
    }
    assertThat(cache.templates()).hasSize(1);
  }

  private final class Jvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    Jvm(String what) throws IOException {
      process = ChildJvm.of(MakingTestCase.class, cache.directory().toString(), what).start();
      output = process.inputReader();
    }

    /** Reads lines; that it asks is only of interest to who waits for it. */
    void expect(String... lines) throws IOException {
      for (String line : lines) {
        String read = output.readLine();
        assertThat(
                read != null && read.equals("asking") && !line.equals("asking")
                    ? output.readLine()
                    : read)
            .isEqualTo(line);
      }
    }

    void letGo() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
    }

    @Override
    public void close() throws IOException {
      process.getOutputStream().close();
      process.onExit().join();
      output.close();
    }
  }

  /** A JVM that asks for a template and copies it. */
  static final class MakingTestCase {
    private MakingTestCase() {}

    public static void main(String[] arguments) throws Exception {
      try (PrismaPostgresEmulator emulator =
          PrismaPostgresEmulator.builder()
              .cacheDirectory(Path.of(arguments[0]))
              .dataDirectory(Path.of(arguments[0], "data"))
              .start()) {
        String project =
            new Answer(send(emulator, "/v1/projects", "{\"createDatabase\": false}")).id();
        System.out.println("asking");
        String template =
            emulator.template(
                project,
                "key",
                true,
                (id, url) -> {
                  System.out.println("making");
                  if (arguments[1].equals("hold")) {
                    read();
                  }
                  System.out.println("made");
                });
        Answer copy =
            new Answer(
                send(
                    emulator,
                    "/v1/databases",
                    "{\"projectId\": \"%s\", \"source\": {\"type\": \"database\", \"databaseId\": \"%s\"}}"
                        .formatted(project, template)));
        System.out.println(
            List.of(copy.status(), copy.data("/source/databaseId")).equals(List.of(201, template))
                ? "done"
                : copy.text());
      }
    }

    private static void read() {
      try {
        System.in.read();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static HttpResponse<String> send(
        PrismaPostgresEmulator emulator, String path, String body) throws Exception {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(emulator.apiUrl() + path))
                  .header("Authorization", "Bearer " + emulator.serviceToken())
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
    }
  }
}
