package io.github.ppgtest.emulator.internal.postgres;

import static io.github.ppgtest.emulator.internal.postgres.TestSql.execute;
import static io.github.ppgtest.emulator.internal.postgres.TestSql.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PasswordUtil;

final class ScramVerifierTest {
  private static final Duration LONG = Duration.ofMinutes(3);

  @Test
  void isWhatTheDriverMakesOfThePassword() {
    String verifier = ScramVerifier.of("sk_aB3-_");
    String[] parts = verifier.split("[$:]");

    assertThat(parts[1]).isEqualTo("4096");
    byte[] salt = Base64.getDecoder().decode(parts[2]);
    assertThat(salt).hasSize(16);
    assertThat(PasswordUtil.encodeScramSha256("sk_aB3-_".toCharArray(), 4096, salt))
        .isEqualTo(verifier);
    assertThat(ScramVerifier.of("sk_aB3-_")).isNotEqualTo(verifier);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk_é", "sk_\u00a0", "sk_ ", "sk_\0", "sk_\u007f"})
  void isMadeOfNothingThatSaslprepWouldChange(String password) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScramVerifier.of(password))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("sk_"));
  }

  /** Whatever the server logs, and shows of its sessions. */
  @Test
  void standsForThePasswordInEveryStatement(@TempDir Path directory) throws Exception {
    try (CacheWithoutTemplates cache = new CacheWithoutTemplates(directory);
        PostgresServer server =
            PostgresServer.start(
                new PostgresSettings(3, LONG, LONG, cache.directory(), null, null))) {
      server.createDatabase("shop");
      server.createLogin("shop", "before", "sk_before");
      try (Connection superuser =
          TestSql.connect(server, "shop", PreparedCluster.SUPERUSER, cache.superuserPassword())) {
        execute(superuser, "ALTER ROLE ppgtest SET log_statement = 'all'");
        execute(superuser, "ALTER SYSTEM SET log_statement = 'all'");
        execute(superuser, "ALTER SYSTEM SET log_min_messages = 'debug1'");
        execute(superuser, "ALTER SYSTEM SET log_min_error_statement = 'debug1'");
        execute(superuser, "SELECT pg_reload_conf()");
        while (!value(superuser, "SHOW log_min_messages").equals("debug1")) {
          Thread.onSpinWait();
        }
        server.createLogin("shop", "login", "sk_first");
        server.changePassword("login", "sk_second");
        server.createLogin("shop", "further", "sk_third");
        assertThatExceptionOfType(DatabaseEngineException.class)
            .isThrownBy(() -> server.createLogin("shop", "login", "sk_fourth"));
        TestSql.connect(server, "shop", "login", "sk_second").close();
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> TestSql.connect(server, "shop", "login", "sk_first").close());
        server.dropLogin("further");
        assertThat(
                value(
                    superuser,
                    "SELECT string_agg(query, ' ') FROM pg_stat_activity WHERE usename = 'ppgtest'"))
            .doesNotContain("sk_");
      }
      String text = server.toString();
      Path instance = Path.of(text.substring(text.indexOf('[') + 1, text.indexOf(',')));
      String log = Files.readString(instance.resolve("server.log"), UTF_8);
      assertThat(log).contains("CREATE ROLE \"login\"", "ALTER ROLE \"login\" PASSWORD");
      for (String password :
          List.of("sk_first", "sk_second", "sk_third", "sk_fourth", cache.superuserPassword())) {
        assertThat(log).doesNotContain(password);
      }
    }
  }
}
