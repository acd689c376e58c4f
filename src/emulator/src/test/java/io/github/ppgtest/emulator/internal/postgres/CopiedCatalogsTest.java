package io.github.ppgtest.emulator.internal.postgres;

import static io.github.ppgtest.emulator.internal.postgres.TestSql.execute;
import static io.github.ppgtest.emulator.internal.postgres.TestSql.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A copy holds the script's objects, by either way of copying: all of the catalogs, and the roles'
 * settings. Only the owner differs: the login, or the role which all logins belong to; so both have
 * one name here.
 */
final class CopiedCatalogsTest {
  private static final String KEY = "everything";
  private static final String LOGIN = "login_of_";

  /**
   * All that a database's user can make. Between the two roles that have one name here, nothing is
   * granted: for both to be one, as for the copy's login, says the same.
   */
  private static final List<String> SCRIPT =
      List.of(
          "CREATE EXTENSION pg_trgm",
          "CREATE EXTENSION hstore SCHEMA public",
          "CREATE SCHEMA shop",
          "CREATE SCHEMA own AUTHORIZATION CURRENT_USER",
          "CREATE SCHEMA shared AUTHORIZATION prisma_migration",
          "GRANT USAGE ON SCHEMA shop TO PUBLIC",
          "REVOKE ALL ON SCHEMA public FROM PUBLIC",
          "COMMENT ON SCHEMA shop IS 'a shop'",
          // What is set for the role.
          "ALTER ROLE CURRENT_USER SET search_path = shop, \"a, b\nc\", public",
          "ALTER ROLE CURRENT_USER SET application_name = 'it''s \"this\"'",
          "ALTER ROLE CURRENT_USER SET DateStyle = 'German, DMY'",
          "DO $$ BEGIN EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET work_mem ="
              + " ''5MB''', current_database()); END $$",
          "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
          "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
          "ALTER DEFAULT PRIVILEGES REVOKE TRUNCATE ON TABLES FROM CURRENT_USER",
          "ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT USAGE ON SEQUENCES TO PUBLIC",
          "ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT UPDATE, DELETE ON TABLES TO pg_monitor"
              + " WITH GRANT OPTION",
          "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO PUBLIC",
          "ALTER DEFAULT PRIVILEGES REVOKE ALL ON TYPES FROM PUBLIC",
          // Types.
          "CREATE TYPE shop.state AS ENUM ('new', 'paid')",
          "ALTER TYPE shop.state ADD VALUE 'held' BEFORE 'paid'",
          "CREATE DOMAIN shop.amount AS numeric(10, 2) DEFAULT 1 CHECK (VALUE >= 0)",
          "CREATE TYPE shop.pair AS (a int, b text)",
          "CREATE TYPE shop.span AS RANGE (subtype = float8, subtype_diff = float8mi)",
          "GRANT USAGE ON TYPE shop.state TO PUBLIC",
          // Tables.
          "CREATE TABLE shop.customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text"
              + " COLLATE \"C\" NOT NULL, CONSTRAINT named CHECK (name <> '') NOT VALID)",
          "CREATE TABLE shop.orders (id serial PRIMARY KEY, customer int REFERENCES shop.customers"
              + " ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, amount shop.amount, state"
              + " shop.state DEFAULT 'new', doubled numeric GENERATED ALWAYS AS (amount * 2)"
              + " STORED, during int4range, EXCLUDE USING gist (during WITH &&))",
          "CREATE TABLE shop.parent (id int, note text STORAGE EXTERNAL COMPRESSION pglz) WITH"
              + " (fillfactor = 70)",
          "CREATE TABLE shop.child (more int) INHERITS (shop.parent)",
          "CREATE TABLE shop.parts (id int, at date) PARTITION BY RANGE (at)",
          "CREATE TABLE shop.parts_2026 PARTITION OF shop.parts FOR VALUES FROM ('2026-01-01') TO"
              + " ('2027-01-01')",
          "CREATE TABLE shop.parts_rest PARTITION OF shop.parts DEFAULT",
          "CREATE UNLOGGED TABLE shop.seen (id int PRIMARY KEY)",
          "CREATE TABLE shared.theirs (id int)",
          "ALTER TABLE shared.theirs OWNER TO prisma_migration",
          "ALTER TABLE shop.customers ADD COLUMN added int DEFAULT 7",
          "ALTER TABLE shop.customers ADD COLUMN gone int",
          "ALTER TABLE shop.customers DROP COLUMN gone",
          "ALTER TABLE shop.customers ALTER COLUMN name SET STATISTICS 500",
          "ALTER TABLE shop.orders REPLICA IDENTITY FULL",
          "COMMENT ON COLUMN shop.customers.name IS 'a name'",
          "CREATE INDEX ON shop.customers USING gin (name public.gin_trgm_ops)",
          "CREATE UNIQUE INDEX long_names ON shop.customers (lower(name)) INCLUDE (added) WHERE"
              + " added > 7",
          "CREATE STATISTICS shop.related (dependencies) ON customer, state FROM shop.orders",
          "CREATE VIEW shop.paid WITH (security_barrier) AS SELECT * FROM shop.orders WHERE state ="
              + " 'paid'",
          "CREATE MATERIALIZED VIEW shop.totals AS SELECT 1 AS one, count(*) FROM shop.customers",
          "CREATE RULE nothing AS ON DELETE TO shop.paid DO INSTEAD NOTHING",
          "CREATE RULE instead AS ON INSERT TO shop.paid DO INSTEAD (NOTIFY paid; SELECT 1)",
          "CREATE VIEW shop.checked AS SELECT * FROM shop.parent WHERE id > 0 WITH CASCADED CHECK"
              + " OPTION",
          "CREATE MATERIALIZED VIEW shop.empty AS SELECT 1 AS one WITH NO DATA",
          "CREATE TABLE shop.typed OF shop.pair (PRIMARY KEY (a))",
          "ALTER TABLE shop.typed CLUSTER ON typed_pkey",
          "ALTER TABLE shop.typed REPLICA IDENTITY USING INDEX typed_pkey",
          "ALTER TABLE shop.typed SET (autovacuum_enabled = false, toast.autovacuum_enabled ="
              + " false)",
          "ALTER TABLE shop.typed ALTER COLUMN b SET (n_distinct = -0.5)",
          "ALTER TABLE shop.child ADD CONSTRAINT later FOREIGN KEY (more) REFERENCES shop.typed NOT"
              + " VALID",
          "CREATE TABLE shop.detached PARTITION OF shop.parts FOR VALUES FROM ('2030-01-01') TO"
              + " ('2031-01-01')",
          "ALTER TABLE shop.parts DETACH PARTITION shop.detached",
          "CREATE UNIQUE INDEX counted ON shop.orders ((customer + 1)) NULLS NOT DISTINCT WITH"
              + " (fillfactor = 50)",
          "ALTER INDEX shop.counted ALTER COLUMN 1 SET STATISTICS 7",
          "CREATE SEQUENCE shop.numbers AS smallint START 10 INCREMENT 5 CACHE 3 CYCLE",
          // Code.
          "CREATE FUNCTION shop.twice(i int) RETURNS int LANGUAGE sql IMMUTABLE SECURITY DEFINER"
              + " SET search_path = shop RETURN i * 2",
          "CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW;"
              + " END'",
          "CREATE PROCEDURE shop.tidy() LANGUAGE plpgsql AS 'BEGIN END'",
          "CREATE AGGREGATE shop.product (int) (sfunc = int4mul, stype = int, initcond = 1)",
          "GRANT EXECUTE ON FUNCTION shop.twice TO PUBLIC",
          "CREATE TRIGGER touched BEFORE UPDATE OF name ON shop.customers FOR EACH ROW WHEN"
              + " (OLD.name IS NOT NULL) EXECUTE FUNCTION shop.touch()",
          "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON shop.orders DEFERRABLE FOR EACH ROW"
              + " EXECUTE FUNCTION shop.touch()",
          "ALTER TABLE shop.customers DISABLE TRIGGER touched",
          "CREATE FUNCTION shop.add(shop.pair, shop.pair) RETURNS int LANGUAGE sql IMMUTABLE AS"
              + " 'SELECT $1.a + $2.a'",
          "CREATE OPERATOR shop.+ (leftarg = shop.pair, rightarg = shop.pair, function = shop.add,"
              + " commutator = +)",
          "CREATE FUNCTION shop.text(shop.pair) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT"
              + " $1.b'",
          "CREATE CAST (shop.pair AS text) WITH FUNCTION shop.text(shop.pair) AS ASSIGNMENT",
          "CREATE COLLATION shop.by_number (provider = icu, locale = 'en-u-kn-true')",
          "CREATE COLLATION shop.plain FROM \"C\"",
          "CREATE CONVERSION shop.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
          "CREATE TEXT SEARCH DICTIONARY shop.words (template = simple, stopwords = english)",
          "CREATE TEXT SEARCH CONFIGURATION shop.search (copy = english)",
          "ALTER TEXT SEARCH CONFIGURATION shop.search ALTER MAPPING FOR word WITH shop.words",
          "ALTER STATISTICS shop.related SET STATISTICS 50",
          "ALTER TABLE shop.customers ENABLE ALWAYS TRIGGER touched",
          "ALTER TABLE shop.orders ENABLE REPLICA TRIGGER late",
          "ALTER FUNCTION shop.twice COST 7 PARALLEL SAFE",
          "COMMENT ON FUNCTION shop.twice IS 'f'",
          "COMMENT ON TRIGGER touched ON shop.customers IS 't'",
          "COMMENT ON CONSTRAINT named ON shop.customers IS 'c'",
          "COMMENT ON INDEX shop.long_names IS 'i'",
          "COMMENT ON TYPE shop.state IS 'y'",
          "COMMENT ON DOMAIN shop.amount IS 'd'",
          "COMMENT ON SEQUENCE shop.numbers IS 's'",
          "COMMENT ON STATISTICS shop.related IS 'x'",
          "COMMENT ON COLLATION shop.plain IS 'l'",
          "COMMENT ON OPERATOR shop.+ (shop.pair, shop.pair) IS 'o'",
          "COMMENT ON CAST (shop.pair AS text) IS 'a'",
          "COMMENT ON AGGREGATE shop.product (int) IS 'g'",
          "COMMENT ON RULE nothing ON shop.paid IS 'r'",
          "COMMENT ON TEXT SEARCH CONFIGURATION shop.search IS 'w'",
          "COMMENT ON EXTENSION hstore IS 'e'",
          "COMMENT ON MATERIALIZED VIEW shop.totals IS 'm'",
          // Who may do what.
          "GRANT SELECT (name), UPDATE (name) ON shop.customers TO PUBLIC",
          "GRANT SELECT (id) ON shop.orders TO CURRENT_USER",
          "REVOKE REFERENCES ON shop.orders FROM CURRENT_USER",
          "ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY",
          "ALTER TABLE shop.orders FORCE ROW LEVEL SECURITY",
          "CREATE POLICY mine ON shop.orders AS RESTRICTIVE FOR UPDATE TO CURRENT_USER USING (id >"
              + " 0) WITH CHECK (amount > 0)",
          "CREATE POLICY everybody ON shop.orders USING (true)",
          "CREATE PUBLICATION part_of_it FOR TABLE shop.customers (id, name) WHERE (id > 1)",
          "CREATE PUBLICATION some_of_it FOR TABLE shop.orders WITH (publish = 'insert')",
          // Content.
          "INSERT INTO shop.customers (name) SELECT 'customer ' || i FROM generate_series(1, 40) i",
          "INSERT INTO shop.orders (customer, amount, during) SELECT i, i, int4range(i, i + 1) FROM"
              + " generate_series(1, 30) i",
          "INSERT INTO shop.parts SELECT i, date '2026-06-01' + i * 30 FROM generate_series(1, 9)"
              + " i",
          "INSERT INTO shop.seen SELECT 1",
          "REFRESH MATERIALIZED VIEW shop.totals",
          "SELECT nextval('shop.numbers')",
          "SELECT setval('shop.orders_id_seq', 500, false)",
          "COMMENT ON PUBLICATION part_of_it IS 'p'",
          "COMMENT ON POLICY mine ON shop.orders IS 'q'",
          "SELECT lo_from_bytea(4711, 'a large one')",
          "GRANT SELECT ON LARGE OBJECT 4711 TO PUBLIC",
          "COMMENT ON LARGE OBJECT 4711 IS 'large'",
          // An index that PostgreSQL cannot analyze: its function goes by the session's path.
          "SET search_path = shop, public",
          "CREATE FUNCTION shop.plain(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS 'BEGIN"
              + " RETURN show_trgm($1)::text; END'",
          "CREATE TABLE shop.words (word text)",
          "CREATE INDEX ON shop.words (shop.plain(word))",
          "INSERT INTO shop.words VALUES ('a word')");

  /** What no user can make, so that it need not be copied. */
  private static final List<String> REFUSED =
      List.of(
          "CREATE ROLE other",
          "COMMENT ON ROLE CURRENT_USER IS 'me'",
          "CREATE EXTENSION postgres_fdw",
          "CREATE CAST (int AS shop.pair) WITHOUT FUNCTION",
          "GRANT prisma_migration TO pg_monitor",
          "CREATE PUBLICATION all_of_it FOR TABLES IN SCHEMA own",
          "CREATE DATABASE other",
          "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION shop.touch()",
          "CREATE FOREIGN DATA WRAPPER f",
          "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)",
          "CREATE ACCESS METHOD a TYPE TABLE HANDLER heap_tableam_handler",
          "CREATE OPERATOR CLASS shop.c FOR TYPE int USING btree AS OPERATOR 1 <",
          "GRANT SET ON PARAMETER work_mem TO PUBLIC",
          "ALTER ROLE prisma_migration SET work_mem = '1MB'",
          "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''1MB''',"
              + " current_database()); END $$",
          "DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS ''mine''', current_database());"
              + " END $$",
          "SECURITY LABEL ON SCHEMA shop IS 'secret'",
          "ALTER ROLE CURRENT_USER SET my.setting = 'x'");

  private static CacheWithoutTemplates cache;
  private static PostgresServer server;
  private static PostgresServer later;
  private static SortedSet<String> made;
  private static List<String> refused;

  /** The ways from a script to a database; each returns the login to it. */
  private enum Way {
    TEMPLATE {
      @Override
      PostgresServer to(String database) throws SQLException {
        makeTemplate(database + "_template");
        server.copyDatabase(database + "_template", database);
        return withLogin(server, database);
      }
    },
    TEMPLATE_OF_ANOTHER_SERVER {
      @Override
      PostgresServer to(String database) throws SQLException {
        makeTemplate(database + "_template");
        server.saveTemplate(KEY, database + "_template");
        assertThat(later.takeTemplate(KEY, database + "_template")).isTrue();
        later.copyDatabase(database + "_template", database);
        return withLogin(later, database);
      }
    },
    TEMPLATE_OF_A_TEMPLATE {
      @Override
      PostgresServer to(String database) throws SQLException {
        makeTemplate(database + "_template");
        server.copyDatabase(database + "_template", database + "_second");
        server.sealDatabase(database + "_second");
        server.copyDatabase(database + "_second", database);
        return withLogin(server, database);
      }
    },
    COPY {
      @Override
      PostgresServer to(String database) throws SQLException {
        make(database + "_source");
        server.copyDatabase(database + "_source", database);
        return withLogin(server, database);
      }
    },
    COPY_OF_A_DATABASE_IN_USE {
      @Override
      PostgresServer to(String database) throws SQLException {
        make(database + "_source");
        try (Connection using = connect(server, database + "_source")) {
          execute(using, "SELECT 1");
          server.copyDatabase(database + "_source", database);
        }
        return withLogin(server, database);
      }
    },
    COPY_OF_A_COPY {
      @Override
      PostgresServer to(String database) throws SQLException {
        make(database + "_source");
        server.copyDatabase(database + "_source", database + "_between");
        withLogin(server, database + "_between");
        server.copyDatabase(database + "_between", database);
        return withLogin(server, database);
      }
    },
    BACKUP_IN_ITS_PLACE {
      @Override
      PostgresServer to(String database) throws SQLException {
        make(database);
        server.createLogin(database, "further_" + database, "sk_further");
        server.copyDatabase(database, database + "_backup");
        server.closeDatabase(database + "_backup");
        try (Connection connection = connect(server, database)) {
          execute(connection, "ALTER ROLE CURRENT_USER SET search_path = elsewhere");
          execute(connection, "ALTER ROLE CURRENT_USER SET geqo = off");
          execute(connection, "ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM PUBLIC");
          execute(connection, "DROP SCHEMA shop CASCADE");
        }
        server.closeDatabase(database);
        server.copyDatabase(database + "_backup", database + "_replacement");
        server.replaceDatabase(database, database + "_replacement");
        try (Connection further =
            TestSql.connect(server, database, "further_" + database, "sk_further")) {
          assertThat(value(further, "SHOW work_mem")).isEqualTo("5MB");
          assertThat(value(further, "SELECT current_user")).isEqualTo(LOGIN + database);
        }
        server.dropLogin("further_" + database);
        return server;
      }
    },
    ANOTHER_LOGIN {
      @Override
      PostgresServer to(String database) throws SQLException {
        make(database);
        server.createLogin(database, "heir_" + database, "sk_heir");
        server.dropLogin(LOGIN + database);
        server.dropLogin("heir_" + database);
        return withLogin(server, database);
      }
    };

    /** Makes a database of this name with a login, and returns where it is. */
    abstract PostgresServer to(String database) throws SQLException;
  }

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    cache = new CacheWithoutTemplates(directory);
    PostgresSettings settings =
        new PostgresSettings(
            5, Duration.ofMinutes(1), Duration.ofMinutes(1), cache.directory(), null, null);
    server = PostgresServer.start(settings);
    later = PostgresServer.start(settings);
    refused = make("db_made");
    made = dump(server, "db_made");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    later.close();
    cache.close();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void areThoseOfWhatTheScriptMade(Way way) throws SQLException {
    String database = "db_" + way.name().toLowerCase(Locale.ROOT);
    PostgresServer where = way.to(database);

    SortedSet<String> copied = dump(where, database);
    SortedSet<String> missing = new TreeSet<>(made);
    missing.removeAll(copied);
    SortedSet<String> more = new TreeSet<>(copied);
    more.removeAll(made);
    assertThat(missing).as("missing in the copy; and the copy has more: %s", more).isEmpty();
    assertThat(more).isEmpty();
    try (Connection connection = connect(where, database)) {
      assertThat(value(connection, "SHOW search_path")).isEqualTo("shop, \"a, b\nc\", public");
      assertThat(value(connection, "SHOW work_mem")).isEqualTo("5MB");
      execute(connection, "CREATE TABLE later (id int)");
      assertThat(value(connection, "SELECT has_table_privilege('pg_monitor', 'later', 'UPDATE')"))
          .isEqualTo("t");
      execute(connection, "ALTER ROLE CURRENT_USER RESET ALL");
    }
    try (Connection connection = connect(where, database)) {
      assertThat(value(connection, "SHOW search_path")).isEqualTo("\"$user\", public");
    }
  }

  @Test
  void areOfAllThatAUserCanMake() {
    assertThat(refused).containsExactlyElementsOf(REFUSED);
    assertThat(made)
        .anyMatch(line -> line.startsWith("pg_db_role_setting: ") && line.contains("search_path"))
        .anyMatch(line -> line.startsWith("pg_default_acl: ") && line.contains("pg_monitor"))
        .anyMatch(line -> line.startsWith("pg_publication_rel: "))
        .hasSizeGreaterThan(1000);
  }

  @Test
  void holdForFurtherLoginsToo() throws SQLException {
    make("several");
    server.createLogin("several", "further", "sk_further");
    try (Connection connection = TestSql.connect(server, "several", "further", "sk_further")) {
      assertThat(value(connection, "SHOW search_path")).isEqualTo("shop, \"a, b\nc\", public");
      assertThat(value(connection, "SELECT current_user")).isEqualTo(LOGIN + "several");
    }
  }

  /** It does no harm to other databases, all of which have something of that role. */
  @Test
  void areDroppedWithWhatIsTheCommonRoles() throws SQLException {
    server.createDatabase("dropped_template");
    withLogin(server, "dropped_template");
    try (Connection connection = connect(server, "dropped_template")) {
      execute(connection, "CREATE TABLE t AS SELECT current_user AS maker");
    }
    server.dropLogin(LOGIN + "dropped_template");
    server.sealDatabase("dropped_template");
    for (String copy : List.of("dropped", "untouched")) {
      server.copyDatabase("dropped_template", copy);
      withLogin(server, copy);
    }

    try (Connection connection = connect(server, "dropped")) {
      execute(connection, "DROP OWNED BY CURRENT_USER");
      assertThat(value(connection, "SELECT maker FROM public.t"))
          .isEqualTo(LOGIN + "dropped_template");
      execute(connection, "DROP OWNED BY prisma_migration");
      assertThat(value(connection, "SELECT to_regnamespace('public')")).isNull();
      execute(connection, "CREATE SCHEMA public");
      execute(connection, "CREATE TABLE public.t (id int)");
    }
    connect(server, "dropped").close();
    try (Connection connection = connect(server, "untouched")) {
      execute(connection, "CREATE SCHEMA later");
      assertThat(value(connection, "SELECT count(*) FROM public.t")).isEqualTo("1");
    }
  }

  /** None of a user's functions runs as the superuser who copies. */
  @Test
  void areCopiedWithoutCallingWhatAUserHasMade() throws SQLException {
    server.createDatabase("attacked");
    withLogin(server, "attacked");
    try (Connection connection = connect(server, "attacked")) {
      execute(connection, "CREATE TABLE calls (by name)");
      execute(connection, "CREATE TABLE t (id int)");
      execute(connection, "CREATE POLICY p ON t TO CURRENT_USER");
      execute(connection, "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");
      for (String function :
          List.of(
              "format(text, name, regclass, text)",
              "format(text, text, text)",
              "quote_ident(name)",
              "aclexplode(aclitem[])")) {
        execute(
            connection,
            "CREATE FUNCTION public."
                + function
                + " RETURNS text LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.calls VALUES"
                + " (current_user); RETURN ''SELECT 1''; END'");
      }
    }
    server.copyDatabase("attacked", "attacked_copy");
    withLogin(server, "attacked_copy");
    try (Connection connection = connect(server, "attacked_copy")) {
      assertThat(value(connection, "SELECT count(*) FROM calls")).isEqualTo("0");
    }
  }

  private static PostgresServer withLogin(PostgresServer where, String database) {
    where.createLogin(database, LOGIN + database, "sk_" + database);
    return where;
  }

  /** Returns what was refused. */
  private static List<String> make(String database) throws SQLException {
    server.createDatabase(database);
    withLogin(server, database);
    List<String> refusals = new ArrayList<>();
    try (Connection connection = connect(server, database)) {
      for (String statement : Stream.concat(SCRIPT.stream(), REFUSED.stream()).toList()) {
        try {
          execute(connection, statement);
        } catch (SQLException e) {
          refusals.add(statement);
        }
      }
    }
    return refusals;
  }

  private static void makeTemplate(String database) throws SQLException {
    make(database);
    server.dropLogin(LOGIN + database);
    server.sealDatabase(database);
  }

  private static SortedSet<String> dump(PostgresServer where, String database) throws SQLException {
    try (Connection connection = connect(where, database)) {
      return CatalogDump.of(connection, LOGIN + database, database);
    }
  }

  private static Connection connect(PostgresServer where, String database) throws SQLException {
    return TestSql.connect(where, database, LOGIN + database, "sk_" + database);
  }
}
