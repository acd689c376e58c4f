package io.github.ppgtest.emulator.internal.postgres;

import static io.github.ppgtest.emulator.internal.postgres.TestSql.execute;
import static io.github.ppgtest.emulator.internal.postgres.TestSql.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a server differs from one over a cluster that the same binaries' initdb made by itself. */
final class PlainPostgresTest {
  private static ServersDirectory parent;
  private static PostgresBinaries binaries;
  private static UnprivilegedUser user;
  private static InstanceDirectory plain;
  private static PostgresServer server;
  private static Connection ofPlain;
  private static Connection ofOurs;
  private static Connection ofUser;

  @BeforeAll
  static void start() throws Exception {
    server =
        PostgresServer.start(
            new PostgresSettings(
                20, Duration.ofSeconds(10), Duration.ofSeconds(15), null, null, null));
    server.createDatabase("db");
    server.createLogin("db", "a_login", "sk_a");
    parent = ServersDirectory.find(null, Platform.current());
    CacheDirectory cache = CacheDirectory.open(null);
    binaries = PostgresBinaries.find(null, Platform.current(), cache);
    user = UnprivilegedUser.find(Platform.current(), binaries.home());
    PreparedCluster cluster = PreparedCluster.find(binaries, cache, user);
    ofOurs = TestSql.connect(server, "db", PreparedCluster.SUPERUSER, cluster.superuserPassword());
    ofUser = TestSql.connect(server, "db", "a_login", "sk_a");
    ofPlain = startPlain();
  }

  private static Connection startPlain() throws Exception {
    plain = parent.create();
    FileTree.createDirectory(plain.data(), "rwx------");
    user.own(plain.data());
    Command.Result initdb =
        Command.run(
            plain.path(),
            user.command(
                List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + plain.data(),
                    "--username=" + PreparedCluster.SUPERUSER,
                    "--encoding=UTF8",
                    "--locale=" + value(ofOurs, "SELECT datctype FROM pg_database LIMIT 1"),
                    "--no-sync")));
    assertThat(initdb.succeeded()).as(initdb.output()).isTrue();
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Command.builder(
            plain.path(),
            user.command(
                List.of(
                    binaries.program("postgres").toString(),
                    "-D",
                    plain.data().toString(),
                    "-c",
                    "port=" + port,
                    "-c",
                    "unix_socket_directories=")))
        .redirectErrorStream(true)
        .redirectOutput(plain.log().toFile())
        .start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> PostmasterPid.read(plain.data()), pid -> pid != null && pid.ready());
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/postgres?sslmode=disable".formatted(port),
        PreparedCluster.SUPERUSER,
        "");
  }

  @AfterAll
  static void stop() throws Exception {
    for (Connection connection : List.of(ofPlain, ofOurs, ofUser)) {
      connection.close();
    }
    server.close();
    ServerProcess.end(plain.data());
    plain.close();
  }

  /** A compared aspect, each row by the name in its first column; every difference has a reason. */
  private enum Aspect {
    SETTINGS(
        "SELECT name, setting FROM pg_settings WHERE name NOT IN"
            + " ('config_file', 'data_directory', 'hba_file', 'ident_file', 'port')",
        reasons(
            "Prisma's rules: max_connections, superuser_reserved_connections, statement_timeout,"
                + " transaction_timeout",
            "reached over TLS, on this machine: ssl, listen_addresses, unix_socket_directories",
            "counts statements: shared_preload_libraries, pg_stat_statements.max,"
                + " pg_stat_statements.save, pg_stat_statements.track,"
                + " pg_stat_statements.track_planning, pg_stat_statements.track_utility",
            "nothing has to outlive the server: fsync, synchronous_commit, full_page_writes,"
                + " wal_level, max_wal_senders, max_wal_size, min_wal_size, checkpoint_timeout,"
                + " wal_buffers, wal_segment_size",
            "a killed server leaves no memory behind: dynamic_shared_memory_type",
            "nothing that was committed is lost and nobody told: restart_after_crash",
            "follows from other settings: shared_memory_size, shared_memory_size_in_huge_pages",
            "silent connections do not keep logins out for a minute: authentication_timeout",
            "statements are short: jit",
            "the same on every machine: TimeZone, log_timezone, lc_messages, lc_monetary, lc_numeric,"
                + " lc_time",
            "no statement is logged: log_min_messages, log_min_error_statement, log_checkpoints")),
    DATABASES(
        "SELECT datname, concat_ws('|', pg_encoding_to_char(encoding), datlocprovider, datcollate,"
            + " datctype, datlocale, daticurules, datconnlimit, datallowconn, datistemplate,"
            + " datacl, datdba::regrole) FROM pg_database",
        reasons(
            "the same order on every machine, and logins enter their own only:"
                + " postgres, template0, template1",
            "made by this test: db")),
    ENCODINGS(
        "SELECT datname, concat_ws('|', encoding, datctype) FROM pg_database",
        reasons("made by this test: db")),
    ROLES(
        "SELECT rolname, concat_ws('|', rolsuper, rolinherit, rolcreaterole, rolcreatedb,"
            + " rolcanlogin, rolreplication, rolconnlimit, rolvaliduntil, rolbypassrls, rolconfig)"
            + " FROM pg_roles",
        reasons(
            "what logins belong to: prisma_migration",
            "what databases keep for their next login: ppgtest_settings",
            "made by this test: a_login")),
    MEMBERSHIPS(
        "SELECT member::regrole || ' of ' || roleid::regrole, concat_ws('|', admin_option,"
            + " inherit_option, set_option) FROM pg_auth_members",
        reasons("made by this test: a_login of prisma_migration")),
    ADMISSION(
        "SELECT concat_ws(' ', type, database, user_name, address, auth_method), '' FROM"
            + " pg_hba_file_rules",
        reasons(
            "logins have passwords, and TLS: hostssl {all} {all} 127.0.0.1 scram-sha-256",
            "the emulator checks the certificate, and saves itself the rounds of SCRAM:"
                + " hostssl {all} {ppgtest} 127.0.0.1 password",
            "plain lets in all of the machine: local {all} {all} trust,"
                + " host {all} {all} 127.0.0.1 trust, host {all} {all} ::1 trust,"
                + " local {replication} {all} trust, host {replication} {all} 127.0.0.1 trust,"
                + " host {replication} {all} ::1 trust")),
    SCHEMAS(
        "SELECT nspname, concat_ws('|', nspowner::regrole, nspacl) FROM pg_namespace",
        reasons("logins own it, though not the database: public")),
    EXTENSIONS("SELECT extname, extversion FROM pg_extension", Map.of()),
    AVAILABLE_EXTENSIONS("SELECT name, default_version FROM pg_available_extensions", Map.of()),
    LANGUAGES("SELECT lanname, concat_ws('|', lanpltrusted, lanacl) FROM pg_language", Map.of()),
    COLLATIONS(
        "SELECT collname, concat_ws('|', collprovider, collcollate, collctype) FROM pg_collation",
        Map.of()),
    TEXT_SEARCH("SELECT cfgname, cfgnamespace::regnamespace FROM pg_ts_config", Map.of()),
    TABLESPACES("SELECT spcname, concat_ws('|', spcacl, spcoptions) FROM pg_tablespace", Map.of()),
    SETTINGS_OF_ROLES(
        "SELECT setdatabase || ' ' || setrole, setconfig FROM pg_db_role_setting", Map.of()),
    PARAMETERS("SELECT parname, paracl FROM pg_parameter_acl", Map.of()),
    DEFAULT_PRIVILEGES("SELECT defaclrole::regrole, defaclacl FROM pg_default_acl", Map.of()),
    COMMENTS("SELECT objoid || ' ' || classoid, description FROM pg_shdescription", Map.of()),
    INITIAL_PRIVILEGES(
        "SELECT classoid || ' ' || objoid || ' ' || objsubid, initprivs FROM pg_init_privs",
        Map.of()),
    FUNCTIONS("SELECT oid::regprocedure, proacl FROM pg_proc", Map.of()),
    TABLES("SELECT oid::regclass, relacl FROM pg_class WHERE relkind IN ('r', 'v')", Map.of());

    private final String query;
    private final Map<String, String> reasons;

    Aspect(String query, Map<String, String> reasons) {
      this.query = query;
      this.reasons = reasons;
    }

    /** Each is a reason, a colon, and what differs for it. */
    private static Map<String, String> reasons(String... reasons) {
      Map<String, String> byName = new TreeMap<>();
      for (String reason : reasons) {
        String[] parts = reason.split(": ");
        for (String name : parts[1].split(", ")) {
          byName.put(name, parts[0]);
        }
      }
      return byName;
    }
  }

  @ParameterizedTest
  @EnumSource(Aspect.class)
  void differsWhereThereIsAReason(Aspect aspect) throws SQLException {
    assertThat(differences(aspect, ofOurs).keySet()).isSubsetOf(aspect.reasons.keySet());
  }

  @Test
  void hasNoOtherSettingsForItsUsers() throws SQLException {
    try (Connection fresh = TestSql.connect(server, "db", "a_login", "sk_a")) {
      assertThat(rows(ofOurs, Aspect.SETTINGS.query))
          .containsAllEntriesOf(rows(fresh, Aspect.SETTINGS.query));
    }
  }

  /** So that a difference is seen where there is one. */
  @Test
  void isComparedRowByRow() throws SQLException {
    assertThat(differences(Aspect.SETTINGS, ofOurs))
        .containsEntry("fsync", "on -> off")
        .containsEntry("statement_timeout", "0 -> 10000");
    assertThat(differences(Aspect.ROLES, ofOurs)).containsKey("prisma_migration");
  }

  @Nested
  final class FullTextSearch {
    @Test
    void isInEnglishUnlessToldOtherwise() throws SQLException {
      assertThat(value(ofUser, "SHOW default_text_search_config")).isEqualTo("pg_catalog.english");
      assertThat(value(ofUser, "SELECT to_tsvector('The tests are running')"))
          .isEqualTo("'run':4 'test':2");
    }

    @Test
    void knowsLettersBeyondAscii() throws SQLException {
      assertThat(value(ofUser, "SELECT to_tsvector('simple', 'ÜBER – “Zoë”')"))
          .isEqualTo("'zoë':2 'über':1");
      assertThat(
              value(
                  ofUser, "SELECT to_tsvector('german', 'Äpfel') @@ to_tsquery('german', 'apfel')"))
          .isEqualTo("t");
    }

    @Test
    void comparesTrigramsOfLettersBeyondAscii() throws SQLException {
      execute(ofUser, "CREATE EXTENSION pg_trgm");
      assertThat(value(ofUser, "SELECT similarity('ÜÖ', 'üö')")).isEqualTo("1");
      execute(ofUser, "DROP EXTENSION pg_trgm");
    }
  }

  @Nested
  final class ACluster {
    @Test
    void isMadeWithTheFirstLocaleThatThereIs() throws IOException {
      InstanceDirectory other = parent.create();
      try {
        FileTree.createDirectory(other.data(), "rwx------");
        user.own(other.data());
        PreparedCluster.initialise(binaries, user, other.data(), List.of("no_PLACE.UTF-8", "C"));

        assertThat(other.data().resolve("PG_VERSION")).hasContent("17");
      } finally {
        other.close();
      }
    }
  }

  private static Map<String, String> differences(Aspect aspect, Connection ours)
      throws SQLException {
    Map<String, String> before = rows(ofPlain, aspect.query);
    Map<String, String> after = rows(ours, aspect.query);
    Map<String, String> differences = new TreeMap<>();
    Stream.of(before, after)
        .flatMap(rows -> rows.keySet().stream())
        .filter(name -> !Objects.equals(before.get(name), after.get(name)))
        .forEach(name -> differences.put(name, before.get(name) + " -> " + after.get(name)));
    return differences;
  }

  private static Map<String, String> rows(Connection connection, String query) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        rows.put(found.getString(1), String.valueOf(found.getString(2)));
      }
    }
    return rows;
  }
}
