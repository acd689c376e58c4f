package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/** Makes real databases in an emulator. */
record EmulatorClient(PrismaPostgresEmulator emulator) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** A database, and how it is reached. */
  record Made(String id, String url) {}

  /** Makes one that is ready. */
  Made create() throws Exception {
    return create("{\"projectId\": \"%s\"}".formatted(newProject()));
  }

  Made create(String body) throws Exception {
    Made made = begin(body);
    assertThat(end(made)).isEqualTo("ready");
    return made;
  }

  /** Begins to make one. */
  Made begin() throws Exception {
    return begin("{\"projectId\": \"%s\"}".formatted(newProject()));
  }

  private Made begin(String body) throws Exception {
    Answer created = send("POST", "/v1/databases", body);
    return new Made(created.id(), created.data("/connections/0/endpoints/direct/connectionString"));
  }

  /** Waits for the status that one comes to. */
  String end(Made made) {
    return await()
        .atMost(TestEmulator.HANG)
        .until(() -> status(made), status -> !status.equals("provisioning"));
  }

  String newProject() throws Exception {
    return send("POST", "/v1/projects", "{\"createDatabase\": false}").id();
  }

  String status(Made made) throws Exception {
    return send("GET", "/v1/databases/" + made.id, null).data("/status");
  }

  void delete(Made made) throws Exception {
    assertThat(send("DELETE", "/v1/databases/" + made.id, null).status()).isEqualTo(204);
  }

  Answer send(String method, String path, @Nullable String body) throws Exception {
    return new Answer(
        HTTP.send(
            HttpRequest.newBuilder(URI.create(emulator.apiUrl() + path))
                .header("Authorization", "Bearer " + emulator.serviceToken())
                .method(
                    method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString()));
  }
}
