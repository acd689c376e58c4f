package io.github.ppgtest.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ppgtest.examples.Needs;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Drivers connect with what they are handed, over TLS, and without a flag. */
final class ClientsIT {
  private static final String OVER_TLS = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

  /** Of Java, which get the URL in the test's own process. */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  final class InJava {
    private final Map<String, String> variables = new HashMap<>();
    private Household home;

    @BeforeAll
    void create(@TempDir Path directory) throws Exception {
      home = Household.in(directory).with("PPGTEST_PROVIDER", "embedded");
      try (HouseholdProcess create = home.ppgtest("create", "--env", "test.env")) {
        assertThat(create.exitCode()).as(create.errors()).isZero();
      }
      for (String line : Files.readAllLines(directory.resolve("test.env"))) {
        String[] variable = line.split("=", 2);
        variables.put(variable[0], variable[1]);
      }
    }

    @AfterAll
    void delete() throws Exception {
      try (HouseholdProcess delete = home.ppgtest("delete", variables.get("PPGTEST_DATABASE_ID"))) {
        assertThat(delete.exitCode()).as(delete.errors()).isZero();
      }
    }

    @Test
    void pgjdbcConnects() throws SQLException {
      assertOverTls(variables.get("JDBC_DATABASE_URL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void pgjdbcVerifiesTheServersName(String host) throws SQLException {
      String url =
          variables
              .get("JDBC_DATABASE_URL")
              .replace("127.0.0.1", host)
              .replace("sslmode=require", "sslmode=verify-full");
      assertOverTls(url + "&sslrootcert=" + variables.get("PGSSLROOTCERT"));
      assertThatThrownBy(() -> assertOverTls(url + "&sslrootcert=/dev/null"))
          .isInstanceOf(SQLException.class);
    }

    private void assertOverTls(String url) throws SQLException {
      try (java.sql.Connection connection =
              DriverManager.getConnection(
                  url,
                  variables.get("JDBC_DATABASE_USERNAME"),
                  variables.get("JDBC_DATABASE_PASSWORD"));
          ResultSet ssl = connection.createStatement().executeQuery(OVER_TLS)) {
        assertThat(ssl.next()).isTrue();
        assertThat(ssl.getBoolean(1)).isTrue();
      }
    }

    @Test
    void r2dbcConnects() {
      Flux<Boolean> overTls =
          Flux.usingWhen(
              ConnectionFactories.get("r2dbc:" + variables.get("DATABASE_URL")).create(),
              connection ->
                  Mono.from(connection.createStatement(OVER_TLS).execute())
                      .flatMapMany(
                          result -> result.map((row, metadata) -> row.get(0, Boolean.class))),
              Connection::close);
      assertThat(overTls.collectList().block(Duration.ofMinutes(1))).containsExactly(true);
    }

    @Test
    void vertxConnects() throws Exception {
      Vertx vertx = Vertx.vertx();
      try {
        // Without these, Vert.x 5 ends with a NullPointerException wherever TLS is required.
        ClientSSLOptions tls =
            new ClientSSLOptions()
                .setHostnameVerificationAlgorithm("HTTPS")
                .setTrustOptions(new PemTrustOptions().addCertPath(variables.get("PGSSLROOTCERT")));
        Boolean overTls =
            PgConnection.connect(
                    vertx,
                    PgConnectOptions.fromUri(variables.get("DATABASE_URL")).setSslOptions(tls))
                .compose(
                    connection ->
                        connection
                            .query(OVER_TLS)
                            .execute()
                            .map(rows -> rows.iterator().next().getBoolean(0))
                            .eventually(connection::close))
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
        assertThat(overTls).isTrue();
      } finally {
        vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
      }
    }
  }

  /** Those of Node.js, which trust no certificate but those of public authorities by default. */
  @Nested
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs a shell")
  final class InNodeJs {
    private static final Path INSTALLED = Path.of("target", "node");

    @TempDir private Path directory;

    @BeforeAll
    static void install() throws Exception {
      Needs.program("npm", "clients of Node.js");
      Files.createDirectories(INSTALLED);
      boolean isInstalled =
          Files.exists(INSTALLED.resolve("generated"))
              && Files.mismatch(
                      Path.of("src/test/node/package-lock.json"),
                      INSTALLED.resolve("package-lock.json"))
                  == -1;
      try (Stream<Path> sources = Files.list(Path.of("src", "test", "node"))) {
        for (Path source : sources.toList()) {
          Files.copy(
              source, INSTALLED.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      if (!isInstalled) {
        run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        run(List.of("npx", "prisma", "generate", "--schema", "schema.prisma", "--no-hints"));
      }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(INSTALLED.toFile()).redirectErrorStream(true);
      // It would download the program for migrations, which no client needs.
      builder.environment().put("PRISMA_SCHEMA_ENGINE_BINARY", "/bin/true");
      Process process = builder.start();
      process.getOutputStream().close();
      List<String> said = process.inputReader().lines().toList();
      assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-postgres", "prisma-client", "postgres-js"})
    void connectsWithinRun(String client) throws Exception {
      try (HouseholdProcess ppgtest = home().ppgtest("run", "--", "node", script(client))) {
        assertThat(ppgtest.output()).as(ppgtest.errors()).containsExactly("true");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-postgres", "prisma-client", "postgres-js"})
    void connectsWithTheVariablesOfAFile(String client) throws Exception {
      try (HouseholdProcess create = home().ppgtest("create", "--env", "test.env")) {
        assertThat(create.exitCode()).as(create.errors()).isZero();
      }
      try (HouseholdProcess node =
          home().start(List.of("sh", "-c", "set -a; . ./test.env; exec node " + script(client)))) {
        assertThat(node.output()).as(node.errors()).containsExactly("true");
      }
      String id =
          Files.readString(directory.resolve("test.env"))
              .replaceFirst("(?s).*\nPPGTEST_DATABASE_ID=(\\w+)\n.*", "$1");
      try (HouseholdProcess delete = home().ppgtest("delete", id)) {
        assertThat(delete.exitCode()).as(delete.errors()).isZero();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-postgres", "prisma-client", "postgres-js"})
    void connectsToTheCloudThatTheEmulatorIs(String client) throws Exception {
      try (HouseholdProcess emulator = home().ppgtest("emulator")) {
        Household around = Household.in(directory);
        for (int line = 0; line < 6; line++) {
          String[] export =
              emulator.awaitLine("export ").substring(7).replace("'", "").split("=", 2);
          around = around.with(export[0], export[1]);
        }
        try (HouseholdProcess ppgtest = around.ppgtest("run", "--", "node", script(client))) {
          assertThat(ppgtest.output()).as(ppgtest.errors()).containsExactly("true");
        }
      }
    }

    @Test
    void keepsTheCertificatesThatTheUserTrusts() throws Exception {
      Path users = Files.writeString(directory.resolve("users.pem"), "# the company's");
      try (HouseholdProcess ppgtest =
          home()
              .with("NODE_EXTRA_CA_CERTS", users.toString())
              .ppgtest("run", "--", "sh", "-c", "cat \"$NODE_EXTRA_CA_CERTS\"")) {
        assertThat(ppgtest.output())
            .startsWith("# the company's", "-----BEGIN CERTIFICATE-----")
            .endsWith("-----END CERTIFICATE-----");
      }
      assertThat(users).hasContent("# the company's");
    }

    private Household home() {
      return Household.in(directory)
          .with("PPGTEST_PROVIDER", "embedded")
          .with("NODE_EXTRA_CA_CERTS", "");
    }

    private static String script(String client) {
      return INSTALLED.resolve(client + ".mjs").toAbsolutePath().toString();
    }
  }
}
