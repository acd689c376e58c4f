package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ppgtest.emulator.clients.Jdbc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What is made of a template is a database like any other. */
final class CopiesOfTemplatesTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void canBeWrittenToCopiedBackedUpAndRestored() throws Exception {
    try (PrismaPostgresEmulator emulator = PrismaPostgresEmulator.start()) {
      String project = send(emulator, "/v1/projects", "{\"createDatabase\": false}").id();
      String template =
          emulator.template(
              project, "key", false, (id, url) -> execute(url, "CREATE TABLE t (n int)"));
      Answer copy = create(emulator, project, database(template));
      String url = copy.data("/connections/0/endpoints/direct/connectionString");
      execute(url, "INSERT INTO t VALUES (1)");

      String backup = emulator.backUp(copy.id());
      execute(url, "DROP TABLE t");
      Answer restored =
          create(
              emulator,
              project,
              "{\"type\": \"backup\", \"databaseId\": \"%s\", \"backupId\": \"%s\"}"
                  .formatted(copy.id(), backup));
      Answer ofCopy = create(emulator, project, database(copy.id()));
      Answer another = create(emulator, project, database(template));

      assertThat(rows(restored)).isEqualTo(1);
      assertThat(rows(another)).isZero();
      assertThat(ofCopy.data("/source/databaseId")).isEqualTo(copy.id());
      assertThat(
              send(emulator, "/v1/databases/" + copy.id() + "/usage", null)
                  .json()
                  .at("/metrics/storage/used")
                  .asDouble())
          .isPositive();
      assertThat(emulator.backUp(template)).startsWith("bkp_");
    }
  }

  private static String database(String id) {
    return "{\"type\": \"database\", \"databaseId\": \"%s\"}".formatted(id);
  }

  private static Answer create(PrismaPostgresEmulator emulator, String project, String source)
      throws Exception {
    Answer created =
        send(
            emulator,
            "/v1/databases",
            "{\"projectId\": \"%s\", \"source\": %s}".formatted(project, source));
    await()
        .atMost(TestEmulator.HANG)
        .until(
            () ->
                send(emulator, "/v1/databases/" + created.id(), null)
                    .data("/status")
                    .equals("ready"));
    return created;
  }

  private static long rows(Answer database) throws SQLException {
    try (Connection connection =
            Jdbc.connect(database.data("/connections/0/endpoints/direct/connectionString"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void execute(String url, String sql) {
    try (Connection connection = Jdbc.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Posts a body; without one, gets. */
  private static Answer send(PrismaPostgresEmulator emulator, String path, String body)
      throws Exception {
    return new Answer(
        HTTP.send(
            HttpRequest.newBuilder(URI.create(emulator.apiUrl() + path))
                .header("Authorization", "Bearer " + emulator.serviceToken())
                .method(
                    body == null ? "GET" : "POST",
                    body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString()));
  }
}
