package io.github.ppgtest.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An emulator over a fake engine, spoken to over real HTTP. */
final class TestEmulator implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What takes longer hangs, on a busy machine too. */
  static final Duration HANG = Duration.ofMinutes(3);

  final FakeDatabaseEngine engine = new FakeDatabaseEngine();
  final PrismaPostgresEmulator emulator;

  TestEmulator() {
    this(builder -> builder);
  }

  TestEmulator(UnaryOperator<PrismaPostgresEmulator.Builder> settings) {
    emulator = settings.apply(PrismaPostgresEmulator.builder()).start(() -> engine);
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer patch(String path, String body) {
    return send("PATCH", path, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  Answer send(String method, String path, @Nullable String body) {
    return send(method, path, body, "Bearer " + emulator.serviceToken());
  }

  Answer send(String method, String path, @Nullable String body, @Nullable String authorization) {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(emulator.apiUrl() + path))
            .timeout(HANG)
            .method(method, publisher);
    if (body != null) {
      request.header(
          "Content-Type",
          path.startsWith("/auth/") ? "application/x-www-form-urlencoded" : "application/json");
    }
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Creates a project without a database and returns its id. */
  String newProject() {
    return post("/v1/projects", "{\"createDatabase\": false}").id();
  }

  /** Creates a database in a project, waits until it is ready and returns its id. */
  String newDatabase(String projectId) {
    String id = post("/v1/databases", "{\"projectId\": \"%s\"}".formatted(projectId)).id();
    awaitStatus(id, "ready");
    return id;
  }

  void awaitStatus(String databaseId, String status) {
    long end = System.nanoTime() + HANG.toNanos();
    String seen;
    do {
      seen = get("/v1/databases/" + databaseId).data("/status");
      Thread.onSpinWait();
    } while (!seen.equals(status) && System.nanoTime() < end);
    if (!seen.equals(status)) {
      throw new AssertionError("%s is %s, not %s".formatted(databaseId, seen, status));
    }
  }

  void awaitGone(String databaseId) {
    long end = System.nanoTime() + HANG.toNanos();
    while (get("/v1/databases/" + databaseId).status() != 404) {
      if (System.nanoTime() > end) {
        throw new AssertionError(databaseId + " is still there");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    emulator.close();
  }
}
