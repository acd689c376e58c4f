package io.github.ppgtest.benchmarks.speed;

import io.github.ppgtest.management.ManagementApi;
import io.github.ppgtest.testsupport.JvmCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** An emulator in the role of the cloud, as slow as the cloud, in a process of its own. */
final class SlowCloud implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String token = "benchmark-" + UUID.randomUUID();
  private final Process process;
  private final Path errors;
  private final BufferedReader output;
  private final PrintWriter input;
  private final URI url;

  private SlowCloud(Process process, Path errors) throws IOException {
    this.process = process;
    this.errors = errors;
    this.output = process.inputReader();
    this.input = new PrintWriter(process.outputWriter(), true);
    // Through a pipe: others can read arguments.
    input.println(token);
    this.url = URI.create(answer());
  }

  /**
   * Starts one that writes its errors into a directory.
   *
   * @param creation how long that takes; half of it until the database is ready, and to delete it
   */
  static SlowCloud start(Path directory, Duration creation) throws IOException {
    String half = Long.toString(creation.toMillis() / 2);
    Path errors = directory.resolve("cloud.txt");
    Process process =
        JvmCommand.builder(
                directory,
                List.of(),
                SlowCloudMain.class,
                Long.toString(creation.toMillis()),
                half,
                half)
            .redirectError(errors.toFile())
            .start();
    try {
      return new SlowCloud(process, errors);
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Returns the settings of a JVM that uses it. */
  List<String> options() {
    return List.of("-Dppgtest.provider=CLOUD", "-Dppgtest.api-url=" + url);
  }

  Map<String, String> environment() {
    return Map.of("PRISMA_SERVICE_TOKEN", token);
  }

  /**
   * Checks that it delayed so many databases, and that none is left.
   *
   * @throws IllegalStateException if not
   */
  void expectServed(int databases) throws IOException {
    input.println("count");
    String[] counts = answer().split(" ");
    for (String count : counts) {
      if (Integer.parseInt(count) < databases) {
        throw new IllegalStateException(
            "Of %d databases, %s were created, %s asked for and %s deleted slowly."
                .formatted(databases, counts[0], counts[1], counts[2]));
      }
    }
    try (ManagementApi api = ManagementApi.builder().baseUrl(url).serviceToken(token).build()) {
      long left = api.databases().all().count();
      if (left > 0) {
        throw new IllegalStateException(left + " databases are left in the cloud.");
      }
    }
  }

  private String answer() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IllegalStateException("The emulator has ended: " + Files.readString(errors));
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    input.close();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The emulator did not end within " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the emulator ended", e);
    } finally {
      output.close();
    }
  }
}
