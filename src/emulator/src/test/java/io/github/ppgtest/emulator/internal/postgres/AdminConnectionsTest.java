package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminConnectionsTest {
  private static final Duration LONG = Duration.ofMinutes(3);

  private final PostgresServer server =
      PostgresServer.start(new PostgresSettings(3, LONG, LONG, null, null, null));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Connection> writers = new ArrayList<>();
  private final List<CompletableFuture<Void>> work = new ArrayList<>();

  @AfterEach
  void close() {
    server.close();
    threads.shutdownNow();
  }

  /** A copy that waits for a writer has one of them meanwhile. */
  @Test
  void areWaitedForWhileOthersHaveThem() throws SQLException {
    for (int i = 0; i < AdminConnections.POOL_SIZE; i++) {
      writers.add(writer("source_" + i));
    }
    for (int i = 0; i < AdminConnections.POOL_SIZE; i++) {
      String source = "source_" + i;
      begin(() -> server.copyDatabase(source, source + "_copy"));
    }
    for (Connection writer : writers) {
      await().atMost(LONG).until(() -> isWaitedFor(writer));
    }
    begin(() -> server.createDatabase("further"));
    await()
        .atMost(LONG)
        .during(AdminConnections.ATTEMPT.plusMillis(500))
        .until(() -> work.stream().noneMatch(CompletableFuture::isDone));
    for (Connection writer : writers) {
      writer.close();
    }
    assertThat(work).allSatisfy(CompletableFuture::join);
    assertThat(server.storedBytes("further")).isPositive();
  }

  /** Whatever else answers on the port gets no password, which goes through TLS as it is. */
  @Test
  void showTheirPasswordToTheServersCertificateOnly(@TempDir Path directory) throws IOException {
    server.createDatabase("shop");
    server.createLogin("shop", "login", "sk_1");
    String text = server.toString();
    Path instance = Path.of(text.substring(text.indexOf('[') + 1, text.indexOf(',')));
    Path certificate = instance.resolve("data/server.crt");
    Files.writeString(
        certificate, TlsCertificate.create(Platform.current(), directory).certificatePem());

    assertThatThrownBy(() -> server.dropLogin("login")).hasStackTraceContaining("PKIX path");
  }

  private void begin(Runnable step) {
    work.add(CompletableFuture.runAsync(step, threads));
  }

  /** A session with a transaction that has written. */
  private Connection writer(String database) throws SQLException {
    server.createDatabase(database);
    server.createLogin(database, "login_of_" + database, "sk_1");
    Properties properties = new Properties();
    properties.put("user", "login_of_" + database);
    properties.put("password", "sk_1");
    properties.put("sslmode", "require");
    Connection writer =
        DriverManager.getConnection(
            "jdbc:postgresql://localhost:" + server.port() + "/" + database, properties);
    writer.setAutoCommit(false);
    try (Statement statement = writer.createStatement()) {
      statement.execute("CREATE TABLE t (id int)");
    }
    return writer;
  }

  private static boolean isWaitedFor(Connection writer) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      // Within a transaction the view stays as it was first seen.
      statement.execute("SELECT pg_stat_clear_snapshot()");
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = '"
                  + PreparedCluster.SUPERUSER
                  + "'")) {
        return rows.next();
      }
    }
  }
}
