package io.github.ppgtest.emulator.internal.postgres;

import static io.github.ppgtest.emulator.internal.postgres.TestSql.execute;
import static io.github.ppgtest.emulator.internal.postgres.TestSql.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways from a database's role to the superuser, and to the databases beside its own. */
final class RoleAttacksTest {
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final String REFUSED = "42501";

  /** Makes every role a superuser, where a superuser calls it. */
  private static final String CLIMB =
      """
      CREATE FUNCTION public.climb() RETURNS void LANGUAGE plpgsql AS $$
      DECLARE victim pg_catalog.name;
      BEGIN
        IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname OPERATOR(pg_catalog.=) current_user) THEN
          FOR victim IN SELECT rolname FROM pg_catalog.pg_roles WHERE NOT rolsuper AND rolcanlogin LOOP
            EXECUTE 'ALTER ROLE ' OPERATOR(pg_catalog.||) pg_catalog.quote_ident(victim::pg_catalog.text) OPERATOR(pg_catalog.||) ' SUPERUSER';
          END LOOP;
        END IF;
      END $$""";

  private static PostgresServer server;
  private static CacheWithoutTemplates cache;

  private final String database = newDatabase();
  private final String login = newLogin(database);

  /** What a user makes, in the hope that a superuser calls it. */
  private enum Trap {
    FUNCTIONS_NAMED_AS_POSTGRESQLS {
      @Override
      List<String> statements() {
        return List.of(
            "CREATE TABLE t (id int)",
            "CREATE POLICY p ON t TO CURRENT_USER",
            "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
            function("format(text, name, regclass, text)", "text", "'SELECT 1'"),
            function("format(text, text, text)", "text", "'SELECT 1'"),
            function("format(text, text, text, text, text, text)", "text", "'SELECT 1'"),
            function("quote_ident(name)", "text", "'x'"),
            function("aclexplode(aclitem[])", "text", "'x'"),
            function("unnest(text[])", "text", "'x'"),
            function("current_database()", "name", "'x'"),
            function("pg_stat_get_activity(int)", "int", "1"),
            function("pg_snapshot_xmax(pg_snapshot)", "text", "'1'"),
            function("concat_ws(text, oid, oid)", "text", "'x'"),
            function("next(text, text, text)", "text", "'x'"),
            "CREATE AGGREGATE public.string_agg(text, text) (SFUNC = public.next, STYPE = text)");
      }
    },
    OPERATORS_THAT_MATCH_BETTER {
      @Override
      List<String> statements() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE t (id int)");
        statements.add("CREATE POLICY p ON t TO CURRENT_USER");
        for (String types :
            List.of("name, varchar", "name, text", "oid, oid", "text, varchar", "\"char\", text")) {
          String[] type = types.split(", ");
          String name = "equals_" + statements.size();
          statements.add(function(name + "(" + types + ")", "boolean", "true"));
          statements.add(
              "CREATE OPERATOR public.= (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.%s)"
                  .formatted(type[0], type[1], name));
        }
        return statements;
      }
    },
    EXPRESSIONS_OF_INDEXES_AND_STATISTICS {
      @Override
      List<String> statements() {
        return List.of(
            function("number(int)", "int", "1"),
            "CREATE TABLE t (id int, other int)",
            "INSERT INTO t SELECT i, i FROM generate_series(1, 100) i",
            "CREATE INDEX ON t ((number(id))) WHERE number(other) = 1",
            "CREATE STATISTICS s ON (number(id)), (number(other)) FROM t");
      }
    },
    DEFERRED_TRIGGERS_OF_AN_INDEX_EXPRESSION {
      @Override
      List<String> statements() {
        return List.of(
            "CREATE TABLE log (id int)",
            "CREATE FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM public.climb(); RETURN NULL; END'",
            "CREATE CONSTRAINT TRIGGER c AFTER INSERT ON log DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fired()",
            "CREATE FUNCTION writes(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
            "CREATE TABLE t (id int)",
            "INSERT INTO t SELECT generate_series(1, 100)",
            "CREATE INDEX ON t (writes(id))",
            "CREATE OR REPLACE FUNCTION writes(int) RETURNS int LANGUAGE sql VOLATILE AS 'INSERT INTO public.log VALUES ($1); SELECT $1'");
      }
    },
    RANGES_DOMAINS_AND_CASTS {
      @Override
      List<String> statements() {
        return List.of(
            function("difference(float8, float8)", "float8", "1"),
            "CREATE TYPE span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = difference)",
            "CREATE TABLE t (s span)",
            "INSERT INTO t SELECT span(i, i + 1) FROM generate_series(1, 100) i",
            "CREATE INDEX ON t USING gist (s)",
            function("allowed(text)", "boolean", "true"),
            "CREATE DOMAIN checked AS text CHECK (allowed(VALUE))",
            "ALTER TABLE t ADD COLUMN d checked DEFAULT 'x'",
            "CREATE TYPE pair AS (a int, b int)",
            function("as_text(pair)", "text", "'x'"),
            "CREATE CAST (pair AS text) WITH FUNCTION as_text(pair) AS IMPLICIT");
      }
    },
    TRIGGERS_RULES_VIEWS_AND_ROW_SECURITY {
      @Override
      List<String> statements() {
        return List.of(
            function("allowed(int)", "boolean", "true"),
            "CREATE TABLE t (id int DEFAULT 1 CHECK (allowed(id)), g boolean GENERATED ALWAYS AS (allowed(1)) STORED)",
            "INSERT INTO t VALUES (1)",
            "CREATE FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM public.climb(); RETURN NULL; END'",
            "CREATE TRIGGER r BEFORE INSERT OR UPDATE OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION fired()",
            "CREATE TRIGGER s AFTER TRUNCATE ON t FOR EACH STATEMENT EXECUTE FUNCTION fired()",
            "ALTER TABLE t ENABLE ALWAYS TRIGGER r",
            "CREATE POLICY p ON t TO CURRENT_USER, PUBLIC USING (allowed(id)) WITH CHECK (allowed(id))",
            "CREATE POLICY mine ON t TO CURRENT_USER USING (allowed(id))",
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE t FORCE ROW LEVEL SECURITY",
            "CREATE VIEW v AS SELECT * FROM t WHERE allowed(id)",
            "CREATE MATERIALIZED VIEW m AS SELECT * FROM t WHERE allowed(id)",
            "CREATE RULE u AS ON UPDATE TO v DO INSTEAD SELECT climb()",
            "CREATE TABLE part (id int) PARTITION BY RANGE ((id + 1))",
            "CREATE PUBLICATION p FOR TABLE t WHERE (id > 0)");
      }
    },
    /** Their scripts are run by the superuser. */
    EXTENSIONS_OVER_WHAT_IS_PREPARED_FOR_THEM {
      @Override
      List<String> statements() {
        return List.of(
            function("hstore_to_array(text)", "text[]", "NULL"),
            function("regexp_match(text, text)", "text[]", "NULL"),
            function("quote_ident(text)", "text", "'x'"),
            function("format(text, text)", "text", "'SELECT 1'"),
            function("equals(text, text)", "boolean", "true"),
            "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = public.equals)",
            "CREATE OPERATOR public.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = public.equals)",
            "CREATE EXTENSION hstore SCHEMA pg_catalog",
            "CREATE EXTENSION citext",
            "CREATE EXTENSION ltree",
            "CREATE EXTENSION pg_trgm VERSION '1.3'",
            "ALTER EXTENSION pg_trgm UPDATE",
            "CREATE EXTENSION btree_gist VERSION '1.2'",
            "ALTER EXTENSION btree_gist UPDATE",
            "ALTER EXTENSION citext ADD FUNCTION public.format(text, text)");
      }
    },
    SETTINGS_OF_THE_ROLE {
      @Override
      List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (String setting :
            List.of(
                "search_path = public, pg_catalog",
                "role = prisma_migration",
                "lock_timeout = 1",
                "idle_session_timeout = '10min'",
                "default_transaction_read_only = on",
                "default_transaction_isolation = serializable",
                "standard_conforming_strings = off",
                "backslash_quote = on",
                "quote_all_identifiers = on",
                "client_encoding = 'LATIN1'",
                "bytea_output = 'escape'",
                "DateStyle = 'German'",
                "check_function_bodies = off",
                "row_security = off",
                "local_preload_libraries = 'nothing'",
                "default_table_access_method = 'heap'",
                "temp_tablespaces = 'pg_default'",
                "transform_null_equals = on",
                "array_nulls = off")) {
          statements.add("ALTER ROLE CURRENT_USER SET " + setting);
        }
        statements.add("SET ROLE prisma_migration");
        statements.addAll(
            statements.stream()
                .filter(statement -> !statement.startsWith("SET"))
                .map(statement -> statement.replace(" SET ", " IN DATABASE " + DATABASE + " SET "))
                .toList());
        statements.add("ALTER ROLE CURRENT_USER IN DATABASE template1 SET search_path = public");
        statements.add("ALTER ROLE CURRENT_USER IN DATABASE postgres SET search_path = public");
        return statements;
      }
    },
    NAMES_THAT_ARE_SQL {
      @Override
      List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (String name :
            List.of(
                "x\"\"; ALTER ROLE prisma_migration SUPERUSER; --",
                "x'; SELECT public.climb(); --",
                "%1$s %I %s $$ \\",
                "{fn climb()} ? :a",
                "é".repeat(31))) {
          statements.add("CREATE SCHEMA \"%s\"".formatted(name));
          statements.add("CREATE TABLE \"%1$s\".\"%1$s\" (\"%1$s\" int)".formatted(name));
          statements.add(
              "CREATE POLICY \"%1$s\" ON \"%1$s\".\"%1$s\" TO CURRENT_USER".formatted(name));
          statements.add(
              "ALTER DEFAULT PRIVILEGES IN SCHEMA \"%s\" GRANT SELECT ON TABLES TO PUBLIC"
                  .formatted(name));
        }
        return statements;
      }
    },
    EVENT_TRIGGERS_CASTS_AND_OPERATORS_OF_CATALOG_TYPES {
      @Override
      List<String> statements() {
        return List.of(
            "CREATE TABLE t (id int)",
            "CREATE DOMAIN public.name AS text",
            "CREATE DOMAIN public.regclass AS text",
            "CREATE DOMAIN public.oid AS text",
            function("as_text(public.name)", "text", "'x'"),
            function("plus(text, text)", "text", "'x'"),
            function("less(oid, oid)", "boolean", "true"),
            function("contains(oid, oid[])", "boolean", "true"),
            "CREATE OPERATOR public.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = public.plus)",
            "CREATE OPERATOR public.< (LEFTARG = pg_catalog.oid, RIGHTARG = pg_catalog.oid, FUNCTION = public.less)",
            "CREATE OPERATOR public.<> (LEFTARG = pg_catalog.oid, RIGHTARG = pg_catalog.oid, FUNCTION = public.less)",
            "CREATE TABLE public.pg_class (relname name, oid oid)",
            "CREATE TABLE public.pg_roles (rolname name, oid oid)",
            "CREATE VIEW public.pg_policy AS SELECT climb()::pg_catalog.text, 'x' AS polname",
            "CREATE VIEW public.pg_shdepend AS SELECT climb()::pg_catalog.text",
            "CREATE VIEW public.pg_database AS SELECT climb()::pg_catalog.text, 'x' AS datname",
            "CREATE POLICY p ON t TO CURRENT_USER");
      }
    },
    GENERATED_COLUMNS_DOMAINS_AND_INHERITANCE {
      @Override
      List<String> statements() {
        return List.of(
            function("number(int)", "int", "1"),
            function("hash(int, int8)", "int8", "1"),
            "CREATE DOMAIN d AS int DEFAULT number(1) CHECK (number(VALUE) = 1)",
            "CREATE TABLE t (id d, g int GENERATED ALWAYS AS (number(id)) STORED, a d[])",
            "INSERT INTO t VALUES (1)",
            "CREATE TABLE child (CHECK (number(id) = 1)) INHERITS (t)",
            "CREATE UNIQUE INDEX u ON t ((number(id)))",
            "CREATE TABLE e (r int4range, EXCLUDE USING gist (r WITH &&) WHERE (number(1) = 1))",
            "CREATE OPERATOR public.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)",
            "CREATE TABLE p (id int) PARTITION BY LIST (number(id))",
            "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)",
            "INSERT INTO p VALUES (1)",
            "CREATE SEQUENCE s OWNED BY t.g",
            "ANALYZE");
      }
    },
    LARGE_OBJECTS_PUBLICATIONS_AND_RIGHTS_OF_ALL_KINDS {
      @Override
      List<String> statements() {
        return List.of(
            "SELECT lo_create(4711)",
            "SELECT lo_put(4711, 0, 'x')",
            "GRANT ALL ON LARGE OBJECT 4711 TO PUBLIC",
            "CREATE TABLE t (id int, s text)",
            "GRANT SELECT (id), UPDATE (s) ON t TO PUBLIC, prisma_migration",
            "GRANT SELECT ON t TO CURRENT_USER WITH GRANT OPTION",
            "CREATE PUBLICATION p FOR TABLE t (id)",
            "CREATE TYPE e AS ENUM ('a')",
            "GRANT USAGE ON TYPE e TO PUBLIC",
            "GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC",
            "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
            "ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO prisma_migration",
            "ALTER DEFAULT PRIVILEGES FOR ROLE prisma_migration GRANT ALL ON TABLES TO PUBLIC",
            "CREATE FUNCTION definer() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT public.climb()'",
            "CREATE PROCEDURE of_all() LANGUAGE sql SECURITY DEFINER SET search_path = public AS 'SELECT climb()'",
            "SET ROLE prisma_migration",
            "CREATE FUNCTION of_the_group() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'SELECT public.climb()'");
      }
    },
    TEXT_SEARCH_CONVERSIONS_AND_COLLATIONS {
      @Override
      List<String> statements() {
        return List.of(
            "CREATE TEXT SEARCH CONFIGURATION mine (COPY = english)",
            "CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = snowball, LANGUAGE = english)",
            "CREATE DEFAULT CONVERSION utf8 FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
            "CREATE COLLATION \"C\" (LOCALE = 'POSIX')",
            "CREATE TABLE t (t text COLLATE public.\"C\", v tsvector)",
            "CREATE INDEX ON t USING gin (to_tsvector('public.mine', t))");
      }
    };

    /** Stands in statements for the name of the database that they are run in. */
    static final String DATABASE = "THE_DATABASE";

    abstract List<String> statements();

    private static String function(String signature, String returns, String value) {
      return "CREATE FUNCTION public.%s RETURNS %s LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM public.climb(); RETURN %s; END'"
          .formatted(signature, returns, value.replace("'", "''"));
    }
  }

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    cache = new CacheWithoutTemplates(directory);
    server =
        PostgresServer.start(
            new PostgresSettings(
                5, Duration.ofMinutes(3), Duration.ofMinutes(3), cache.directory(), null, null));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    cache.close();
  }

  /** All that the emulator does with a database, which has to succeed, too. */
  @ParameterizedTest
  @EnumSource(Trap.class)
  void doNotHaveTheSuperuserCallWhatTheyMade(Trap trap) throws SQLException {
    String further = newLogin(database);
    try (Connection connection = connect(database, login)) {
      execute(connection, CLIMB);
      for (String statement : trap.statements()) {
        execute(connection, statement.replace(Trap.DATABASE, "\"" + database + "\""));
      }
      server.copyDatabase(database, database + "_live");
    }
    server.copyDatabase(database, database + "_copy");
    server.createLogin(database + "_copy", "login_of_" + database + "_copy", "sk_1");
    server.dropLogin(login);
    server.closeDatabase(database);
    server.copyDatabase(database + "_live", database + "_replacement");
    server.replaceDatabase(database, database + "_replacement");
    String last = newLogin(database);
    server.dropLogin(further);
    server.dropLogin(last);
    server.sealDatabase(database);
    server.copyDatabase(database, database + "_made");
    server.createLogin(database + "_made", "login_of_" + database + "_made", "sk_1");
    server.endIdleSessions(database + "_made");
    assertThat(superusers()).containsExactly(PreparedCluster.SUPERUSER);
    for (String each : List.of("", "_live", "_copy", "_made")) {
      server.dropDatabase(database + each);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE ROLE another",
        "CREATE DATABASE another",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "ALTER ROLE CURRENT_USER CREATEROLE",
        "ALTER ROLE CURRENT_USER CONNECTION LIMIT 100",
        "ALTER ROLE CURRENT_USER SET log_statement = 'all'",
        "ALTER ROLE CURRENT_USER SET session_preload_libraries = 'x'",
        "ALTER ROLE ALL SET search_path = public",
        "ALTER ROLE ppgtest SET search_path = public",
        "ALTER ROLE ppgtest_settings SET search_path = public",
        "ALTER ROLE prisma_migration SET search_path = public",
        "GRANT ppgtest TO CURRENT_USER",
        "GRANT ppgtest_settings TO CURRENT_USER",
        "GRANT pg_read_all_data TO CURRENT_USER",
        "GRANT prisma_migration TO CURRENT_USER WITH ADMIN OPTION",
        "SET ROLE ppgtest",
        "SET ROLE ppgtest_settings",
        "SET SESSION AUTHORIZATION ppgtest",
        "SET SESSION AUTHORIZATION prisma_migration",
        "ALTER DATABASE THE_DATABASE SET search_path = public",
        "ALTER DATABASE THE_DATABASE CONNECTION LIMIT -1",
        "ALTER DATABASE THE_DATABASE ALLOW_CONNECTIONS false",
        "ALTER DATABASE THE_DATABASE IS_TEMPLATE true",
        "ALTER DATABASE THE_DATABASE RENAME TO another",
        "ALTER DATABASE THE_DATABASE OWNER TO CURRENT_USER",
        "COMMENT ON DATABASE THE_DATABASE IS 'x'",
        "DROP DATABASE THE_DATABASE",
        "ALTER ROLE ALL IN DATABASE THE_DATABASE SET search_path = public",
        "ALTER SYSTEM SET work_mem = '1MB'",
        "SELECT pg_reload_conf()",
        "CREATE EVENT TRIGGER e ON login EXECUTE FUNCTION fired()",
        "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION fired()",
        "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x', 'y'",
        "CREATE FUNCTION f() RETURNS int LANGUAGE internal AS 'pg_backend_pid'",
        "CREATE FUNCTION pg_catalog.format(text, text, text) RETURNS text LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE pg_catalog.t (id int)",
        "CREATE TYPE base (INPUT = textin, OUTPUT = textout)",
        "CREATE ACCESS METHOD a TYPE INDEX HANDLER bthandler",
        "CREATE OPERATOR CLASS o FOR TYPE int USING btree AS OPERATOR 1 <",
        "CREATE TEXT SEARCH TEMPLATE t (LEXIZE = dsimple_lexize)",
        "CREATE FOREIGN DATA WRAPPER w",
        "CREATE SUBSCRIPTION s CONNECTION 'dbname=postgres' PUBLICATION p",
        "CREATE TABLESPACE t LOCATION '/tmp'",
        "CREATE EXTENSION dblink",
        "CREATE EXTENSION postgres_fdw",
        "CREATE EXTENSION file_fdw",
        "CREATE EXTENSION pageinspect",
        "CREATE EXTENSION plpython3u",
        "CREATE EXTENSION pg_stat_statements",
        "LOAD 'plpgsql'",
        "COPY t FROM PROGRAM 'id'",
        "COPY t TO '/tmp/x'",
        "COPY t FROM '/etc/passwd'",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT pg_read_binary_file('pg_hba.conf')",
        "SELECT pg_ls_dir('.')",
        "SELECT pg_ls_logdir()",
        "SELECT pg_ls_waldir()",
        "SELECT pg_stat_file('.')",
        "SELECT pg_current_logfile()",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_export(1, '/tmp/x')",
        "SELECT current_setting('data_directory')",
        "SELECT current_setting('hba_file')",
        "SELECT rolpassword FROM pg_authid",
        "SELECT passwd FROM pg_shadow",
        "SELECT * FROM pg_hba_file_rules",
        "SELECT * FROM pg_file_settings",
        "SELECT * FROM pg_config",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ppgtest'",
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'ppgtest'",
        "SELECT pg_switch_wal()",
        "SELECT pg_rotate_logfile()",
        "SELECT pg_create_logical_replication_slot('s', 'pgoutput')",
        "CHECKPOINT",
        "REASSIGN OWNED BY prisma_migration TO ppgtest",
        "REASSIGN OWNED BY ppgtest TO CURRENT_USER",
        "DROP OWNED BY ppgtest",
        "DROP OWNED BY ppgtest_settings",
        "ALTER DEFAULT PRIVILEGES FOR ROLE ppgtest GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
        "CREATE SCHEMA s AUTHORIZATION ppgtest",
        "ALTER FUNCTION fired() OWNER TO ppgtest",
        "CREATE CAST (int AS bytea) WITHOUT FUNCTION",
        "CREATE CAST (text AS int) WITH INOUT AS IMPLICIT",
        "CREATE OPERATOR pg_catalog.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)",
        "CREATE OPERATOR FAMILY f USING btree",
        "CREATE CONVERSION pg_catalog.c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
        "CREATE TRANSFORM FOR int LANGUAGE plpgsql (FROM SQL WITH FUNCTION internal_in(cstring))",
        "ALTER LANGUAGE plpgsql OWNER TO CURRENT_USER",
        "CREATE PUBLICATION p FOR ALL TABLES",
        "CREATE PUBLICATION p FOR TABLES IN SCHEMA public",
        "COMMENT ON ROLE ppgtest IS 'x'",
        "ALTER DATABASE THE_DATABASE SET session_preload_libraries = 'x'",
        "ALTER DATABASE THE_DATABASE SET local_preload_libraries = 'x'",
        "ALTER DATABASE THE_DATABASE SET TABLESPACE pg_default",
        "ALTER DATABASE THE_DATABASE REFRESH COLLATION VERSION",
        "ALTER ROLE CURRENT_USER SET log_min_messages = 'debug5'",
        "ALTER ROLE CURRENT_USER SET log_min_duration_statement = 0",
        "ALTER ROLE CURRENT_USER SET dynamic_library_path = '/tmp'",
        "ALTER ROLE CURRENT_USER SET session_replication_role = replica",
        "ALTER ROLE CURRENT_USER SET lo_compat_privileges = on",
        "ALTER ROLE CURRENT_USER SET allow_system_table_mods = on",
        "ALTER ROLE CURRENT_USER SET temp_file_limit = -1",
        "ALTER ROLE CURRENT_USER SET pg_stat_statements.track = 'none'",
        "ALTER ROLE CURRENT_USER VALID UNTIL 'infinity' BYPASSRLS REPLICATION",
        "SELECT pg_stat_reset_shared('io')",
        "SELECT pg_replication_origin_create('o')",
        "SELECT pg_export_snapshot() FROM pg_drop_replication_slot('s')",
        "SELECT pg_backup_start('x')",
        "SELECT pg_create_restore_point('x')",
        "SELECT pg_promote()",
        "SELECT pg_log_backend_memory_contexts(1)",
        "UPDATE pg_database SET datconnlimit = -1",
        "DELETE FROM pg_db_role_setting",
        "ALTER TABLE pg_class ADD COLUMN c int"
      })
  void areRefused(String statement) throws SQLException {
    try (Connection connection = connect(database, login)) {
      execute(connection, "CREATE TABLE t (id text)");
      execute(
          connection,
          "CREATE FUNCTION fired() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'");
      String sql = statement.replace(Trap.DATABASE, "\"" + database + "\"");
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> execute(connection, sql))
          .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(REFUSED));
    }
  }

  /** For want of what they name, or at any time but the server's start. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "42704 | CREATE USER MAPPING FOR ppgtest SERVER s",
        "42704 | CREATE SERVER s FOREIGN DATA WRAPPER w",
        "42704 | ALTER LARGE OBJECT 1 OWNER TO ppgtest",
        "22023 | SECURITY LABEL ON ROLE ppgtest IS 'x'",
        "55P02 | ALTER ROLE CURRENT_USER SET log_connections = on",
        "55P02 | ALTER ROLE CURRENT_USER SET log_disconnections = on",
        "55P02 | ALTER ROLE CURRENT_USER SET ignore_system_indexes = on",
        "55P02 | ALTER ROLE CURRENT_USER SET jit_provider = 'x'",
        "42883 | SELECT pg_stat_statements_reset()",
        "55P02 | SELECT binary_upgrade_set_next_pg_authid_oid(10)"
      })
  void endOtherwise(String sqlState, String statement) throws SQLException {
    try (Connection connection = connect(database, login)) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> execute(connection, statement))
          .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(sqlState));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c session_authorization=ppgtest",
        "-c role=ppgtest",
        "-c role=ppgtest_settings",
        "-c log_statement=all",
        "-c session_preload_libraries=x"
      })
  void areRefusedAtTheLoginToo(String options) {
    Properties properties = new Properties();
    properties.setProperty("user", login);
    properties.setProperty("password", "sk_1");
    properties.setProperty("sslmode", "require");
    properties.setProperty("options", options);
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> DriverManager.getConnection(url(database), properties).close())
        .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(REFUSED));
  }

  @Test
  void leadToNoOtherDatabase() throws SQLException {
    String neighbour = newDatabase();
    String itsLogin = newLogin(neighbour);
    try (Connection connection = connect(neighbour, itsLogin)) {
      execute(connection, "GRANT CONNECT ON DATABASE \"" + neighbour + "\" TO PUBLIC");
    }
    for (String other : List.of(neighbour, "postgres", "template0", "template1")) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> connect(other, login).close())
          .withMessageContaining(other);
    }
  }

  /** PostgreSQL lets every login into a new database. */
  @Test
  void leadToNoDatabaseThatIsBeingMade() throws Exception {
    String watch =
        """
        DO $$ BEGIN
          WHILE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'the_last') LOOP
            IF EXISTS (SELECT FROM pg_database WHERE datname LIKE 'made\\_%' AND datallowconn
                AND has_database_privilege(oid, 'CONNECT')) THEN
              RAISE 'open';
            END IF;
          END LOOP;
        END $$""";
    try (Connection connection = connect(database, login)) {
      execute(connection, "SET statement_timeout = 0");
      CompletableFuture<Void> watching =
          CompletableFuture.runAsync(
              () -> {
                try {
                  execute(connection, watch);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      for (int i = 0; i < 50; i++) {
        server.createDatabase("made_" + i);
        server.dropDatabase("made_" + i);
      }
      server.createDatabase("the_last");
      watching.get(3, TimeUnit.MINUTES);
    }
  }

  @Test
  void showNoStatementOfAnotherDatabase() throws SQLException {
    String neighbour = newDatabase();
    try (Connection theirs = connect(neighbour, newLogin(neighbour));
        Connection connection = connect(database, login)) {
      execute(theirs, "SELECT 'their secret'");
      assertThat(
              value(
                  connection,
                  "SELECT string_agg(DISTINCT query, '') FROM pg_stat_activity WHERE datname <> current_database()"))
          .isEqualTo("<insufficient privilege>");
    }
  }

  /** Else it could not be dropped. */
  @Test
  void keepNoLoginOfAnotherDatabase() throws SQLException {
    String neighbour = newDatabase();
    String victim = newLogin(neighbour);
    String name = "\"" + victim + "\"";
    try (Connection connection = connect(database, login)) {
      execute(connection, "CREATE TABLE t (id int)");
      execute(connection, "GRANT SELECT ON t TO " + name);
      execute(connection, "CREATE POLICY p ON t TO " + name);
      execute(connection, "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO " + name);
    }
    server.copyDatabase(database, database + "_copy");
    connect(neighbour, victim).close();
    server.dropLogin(victim);

    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> connect(neighbour, victim).close());
    connect(neighbour, newLogin(neighbour)).close();
  }

  /** What a session of another login, or of another database, holds while a login is dropped. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOCK TABLE t IN ACCESS SHARE MODE",
        "LOCK TABLE t IN ACCESS EXCLUSIVE MODE",
        "DECLARE c CURSOR FOR SELECT * FROM t",
        "ALTER TABLE t ADD COLUMN more int",
        "GRANT SELECT ON t TO THE_LOGIN",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO THE_LOGIN",
        "ALTER ROLE CURRENT_USER SET work_mem = '5MB'",
        "SELECT pg_advisory_lock(1)"
      })
  void dropNoLoginLaterForLocksOfItsDatabase(String statement) throws Exception {
    String further = newLogin(database);
    try (Connection first = connect(database, login);
        Connection other = connect(database, further)) {
      execute(first, "CREATE TABLE t AS SELECT 1 AS id");
      holdLocks(other, statement.replace("THE_LOGIN", "\"" + login + "\""));

      soon(() -> server.dropLogin(login));
    }
    try (Connection connection = connect(database, further)) {
      assertThat(value(connection, "SELECT id FROM t")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GRANT SELECT ON t TO THE_LOGIN",
        "CREATE POLICY p ON t TO THE_LOGIN",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO THE_LOGIN",
        "SET ROLE prisma_migration; ALTER ROLE CURRENT_USER IN DATABASE THE_DATABASE SET work_mem = '5MB'",
        "SET ROLE prisma_migration; ALTER ROLE CURRENT_USER IN DATABASE THE_DATABASE RESET ALL"
      })
  void dropNoLoginAndNoDatabaseLaterForLocksOfAnother(String statement) throws Exception {
    String neighbour = newDatabase();
    try (Connection connection = connect(neighbour, newLogin(neighbour))) {
      execute(connection, "CREATE TABLE t AS SELECT 1 AS id");
      execute(connection, "SET ROLE prisma_migration");
      execute(
          connection,
          "ALTER ROLE CURRENT_USER IN DATABASE \"%s\" SET work_mem = '6MB'".formatted(database));
      execute(connection, "RESET ROLE");
      holdLocks(
          connection,
          statement
              .replace("THE_LOGIN", "\"" + login + "\"")
              .replace(Trap.DATABASE, "\"" + database + "\""));

      soon(() -> server.dropLogin(login));
      soon(() -> server.dropDatabase(database));
    }
  }

  /** Without an end of the transaction's own. */
  private static void holdLocks(Connection connection, String statement) throws SQLException {
    execute(connection, "SET transaction_timeout = 0");
    execute(connection, "SET idle_in_transaction_session_timeout = 0");
    connection.setAutoCommit(false);
    execute(connection, statement);
  }

  private static void soon(Runnable action) throws Exception {
    CompletableFuture.runAsync(action).get(2, TimeUnit.MINUTES);
  }

  @Test
  void changeNothingThatAnotherDatabaseKeeps() throws SQLException {
    String neighbour = newDatabase();
    String first = newLogin(neighbour);
    try (Connection connection = connect(neighbour, first)) {
      execute(connection, "ALTER ROLE CURRENT_USER SET work_mem = '5MB'");
    }
    server.dropLogin(first);
    server.copyDatabase(neighbour, neighbour + "_template");
    server.sealDatabase(neighbour + "_template");
    server.saveTemplate(neighbour, neighbour + "_template");
    try (Connection connection = connect(database, login)) {
      execute(connection, "SET ROLE prisma_migration");
      for (String setting : List.of("RESET ALL", "SET work_mem = '6MB'", "SET geqo = off")) {
        for (String other : List.of(neighbour, "template1")) {
          execute(
              connection, "ALTER ROLE CURRENT_USER IN DATABASE \"%s\" ".formatted(other) + setting);
        }
      }
    }
    assertThat(server.takeTemplate(neighbour, neighbour + "_taken")).isTrue();
    server.copyDatabase(neighbour + "_taken", neighbour + "_made");
    for (String kept : List.of(neighbour, neighbour + "_made")) {
      try (Connection connection = connect(kept, newLogin(kept))) {
        assertThat(value(connection, "SHOW work_mem")).isEqualTo("5MB");
        assertThat(value(connection, "SHOW geqo")).isEqualTo("on");
      }
    }
  }

  private static String newDatabase() {
    String name = "attacked_" + COUNTER.incrementAndGet();
    server.createDatabase(name);
    return name;
  }

  private static String newLogin(String database) {
    String name = "login_%d_of_%s".formatted(COUNTER.incrementAndGet(), database);
    server.createLogin(database, name, "sk_1");
    return name;
  }

  private static String url(String database) {
    return "jdbc:postgresql://localhost:" + server.port() + "/" + database;
  }

  private static Connection connect(String database, String login) throws SQLException {
    return TestSql.connect(server, database, login, "sk_1");
  }

  private static List<String> superusers() throws SQLException {
    String database = newDatabase();
    List<String> names = new ArrayList<>();
    try (Connection connection = connect(database, newLogin(database));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT rolname FROM pg_roles WHERE rolsuper")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
