package io.github.ppgtest.emulator.internal.postgres;

import static io.github.ppgtest.emulator.internal.postgres.TestSql.connect;
import static io.github.ppgtest.emulator.internal.postgres.TestSql.execute;
import static io.github.ppgtest.emulator.internal.postgres.TestSql.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Templates that are made in one server and used in another. */
final class LastingTemplatesTest {
  private static final String KEY = "a schema";

  /** Everything that has transactions or places of the log in its pages. */
  private static final List<String> TORTURE =
      List.of(
          "CREATE EXTENSION pg_trgm",
          "CREATE EXTENSION btree_gist",
          "CREATE SCHEMA shop",
          "CREATE TYPE shop.state AS ENUM ('new', 'paid')",
          "ALTER TYPE shop.state ADD VALUE 'sent'",
          "CREATE DOMAIN shop.positive AS int CHECK (VALUE > 0)",
          "CREATE TABLE shop.customers (id bigserial PRIMARY KEY, name text NOT NULL)",
          """
          CREATE TABLE shop.orders (
            id serial PRIMARY KEY,
            customer bigint NOT NULL REFERENCES shop.customers,
            state shop.state NOT NULL DEFAULT 'new',
            amount shop.positive NOT NULL,
            twice int GENERATED ALWAYS AS (amount * 2) STORED,
            note text,
            place point NOT NULL,
            tags text[] NOT NULL,
            made timestamptz NOT NULL DEFAULT now(),
            during int4range NOT NULL)
          """,
          "CREATE INDEX ON shop.orders USING gist (place)",
          "CREATE INDEX ON shop.orders USING gist (during)",
          "CREATE INDEX ON shop.orders USING gin (tags)",
          "CREATE INDEX ON shop.orders USING gin (note gin_trgm_ops)",
          "CREATE INDEX ON shop.orders USING brin (made)",
          "CREATE INDEX ON shop.orders USING hash (customer)",
          "CREATE INDEX ON shop.orders USING spgist (place)",
          "CREATE INDEX ON shop.orders (amount) WHERE state = 'paid'",
          "CREATE TABLE shop.events (id bigint, at date NOT NULL) PARTITION BY RANGE (at)",
          "CREATE TABLE shop.events_1 PARTITION OF shop.events"
              + " FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
          "CREATE TABLE shop.events_2 PARTITION OF shop.events DEFAULT",
          "CREATE INDEX ON shop.events (id)",
          "CREATE UNLOGGED TABLE shop.seen (id int PRIMARY KEY)",
          "ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY",
          "CREATE POLICY everything ON shop.orders USING (true)",
          "INSERT INTO shop.customers (name) SELECT 'c ' || i FROM generate_series(1, 200) i",
          """
          INSERT INTO shop.orders (customer, amount, note, place, tags, during)
          SELECT 1 + i % 200, i, md5(i::text) || repeat(md5((i * 7)::text), i % 9), point(i % 97, i % 89),
            ARRAY['t' || i % 13, 'u' || i % 7], int4range(i, i + 10)
          FROM generate_series(1, 4000) i
          """,
          "INSERT INTO shop.orders (customer, amount, note, place, tags, during)"
              + " SELECT 1, 1, string_agg(md5(i::text), ''), point(0, 0), '{}', '[1,2)'"
              + " FROM generate_series(1, 5000) i",
          "INSERT INTO shop.events SELECT i, date '2020-06-01' + i FROM generate_series(1, 500) i",
          "INSERT INTO shop.seen SELECT generate_series(1, 300)",
          "UPDATE shop.orders SET state = 'paid' WHERE id % 3 = 0",
          "DELETE FROM shop.orders WHERE id % 5 = 0",
          "UPDATE shop.orders SET place = point(id % 11, id % 5) WHERE id % 2 = 0",
          "SELECT id FROM shop.customers FOR SHARE",
          // A row that a transaction has locked in two ways: a number for several transactions.
          "DO $$ BEGIN FOR i IN 1..30 LOOP PERFORM FROM shop.customers WHERE id = i FOR KEY SHARE;"
              + " BEGIN UPDATE shop.customers SET name = 'again' WHERE id = i;"
              + " EXCEPTION WHEN division_by_zero THEN RAISE; END; END LOOP; END $$",
          "CREATE MATERIALIZED VIEW shop.totals AS"
              + " SELECT customer, sum(amount) FROM shop.orders GROUP BY 1",
          "CREATE UNIQUE INDEX ON shop.totals (customer)",
          "CREATE FUNCTION shop.total() RETURNS bigint LANGUAGE sql"
              + " AS 'SELECT sum(amount) FROM shop.orders'",
          "CREATE VIEW shop.paid AS SELECT * FROM shop.orders WHERE state = 'paid'",
          "SELECT setval('shop.orders_id_seq', 10000)",
          "SELECT lo_from_bytea(4711, decode(repeat('00ff', 5000), 'hex'))",
          "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
          "COMMENT ON TABLE shop.orders IS 'what is sold'");

  private static final List<String> CONTENT =
      List.of(
          "SELECT md5(string_agg(o::text, ',' ORDER BY id)) FROM shop.orders o",
          "SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM shop.customers c",
          "SELECT md5(string_agg(e::text, ',' ORDER BY id)) FROM shop.events e",
          "SELECT md5(string_agg(t::text, ',' ORDER BY customer)) FROM shop.totals t",
          "SELECT count(*) || ' ' || sum(id) FROM shop.seen",
          "SELECT md5(lo_get(4711))",
          "SELECT count(*) FROM shop.orders WHERE place <@ box '((0,0),(5,5))'",
          "SELECT count(*) FROM shop.orders WHERE during && int4range(100, 200)",
          "SELECT count(*) FROM shop.orders WHERE tags @> ARRAY['t3']",
          "SELECT count(*) FROM shop.orders WHERE note LIKE '%abc%'",
          "SELECT count(*) FROM shop.orders WHERE customer = 17",
          "SELECT nextval('shop.orders_id_seq')",
          "SELECT obj_description('shop.orders'::regclass)",
          "SELECT string_agg(enumlabel, ' ' ORDER BY enumsortorder) FROM pg_enum");

  private final List<PostgresServer> servers = new ArrayList<>();

  private CacheWithoutTemplates cache;

  @BeforeEach
  void makeCache(@TempDir Path directory) throws IOException {
    cache = new CacheWithoutTemplates(directory);
  }

  @AfterEach
  void stop() throws IOException {
    servers.forEach(PostgresServer::close);
    cache.close();
  }

  @Test
  void holdTheSameInAnotherServerAndBearEverythingThere() throws Exception {
    PostgresServer first = start();
    List<String> content = new ArrayList<>();
    make(
        first,
        "made",
        connection -> {
          for (String statement : TORTURE) {
            execute(connection, statement);
          }
        });
    first.copyDatabase("made", "copy");
    inDatabase(first, "copy", connection -> content.addAll(values(connection)));
    first.saveTemplate(KEY, "made");

    // What follows shows that the other server was behind in all that is counted.
    AtomicReference<Counters> made = new AtomicReference<>();
    asSuperuser(first, "postgres", connection -> made.set(Counters.now(connection)));
    PostgresServer second = start();
    asSuperuser(
        second,
        "postgres",
        connection -> {
          Counters now = Counters.now(connection);
          assertThat(now.xid()).isLessThan(made.get().xid() - 20);
          assertThat(now.multixact()).isLessThan(made.get().multixact() - 20);
          assertThat(now.wal()).isLessThan(made.get().wal() - 1_000_000);
        });
    assertThat(second.takeTemplate(KEY, "taken")).isTrue();
    for (String copy : List.of("one", "two")) {
      second.copyDatabase("taken", copy);
      inDatabase(
          second,
          copy,
          connection -> {
            assertThat(values(connection)).isEqualTo(content);
            bearEverything(connection);
          });
      // As its owner cannot: all that is PostgreSQL's own.
      asSuperuser(second, copy, LastingTemplatesTest::checkAll);
    }
    // It is no different when it is sealed and saved once more.
    second.dropDatabase("two");
    second.copyDatabase("taken", "two");
    inDatabase(second, "two", connection -> assertThat(values(connection)).isEqualTo(content));
    asSuperuser(second, "one", connection -> execute(connection, "REINDEX DATABASE one"));
    asSuperuser(second, "one", connection -> execute(connection, "VACUUM (FULL, FREEZE)"));
    asSuperuser(second, "one", LastingTemplatesTest::checkAll);
    assertThat(log(second)).doesNotContain("ERROR", "PANIC", "WARNING", "terminated");
  }

  @ParameterizedTest
  @EnumSource
  void areNotUsedWhereSomebodyHasBeenAtThem(Damage damage) throws Exception {
    PostgresServer first = start();
    make(first, "made", connection -> execute(connection, "CREATE TABLE t AS SELECT 7 AS n"));
    first.saveTemplate(KEY, "made");
    Path entry = cache.templates().get(0);
    damage.to(entry);

    assertThat(first.takeTemplate(KEY, "taken")).isFalse();
    // Nothing is in the way of making it anew.
    first.createDatabase("taken");
    first.saveTemplate(KEY, "made");
    first.dropDatabase("taken");
    assertThat(first.takeTemplate(KEY, "taken")).isTrue();
    first.copyDatabase("taken", "copy");
    inDatabase(
        first,
        "copy",
        connection -> assertThat(value(connection, "SELECT n FROM t")).isEqualTo("7"));
    assertThat(cache.templates()).containsExactly(entry);
  }

  private enum Damage {
    A_FILE_IS_SHORTER {
      @Override
      void to(Path entry) throws IOException {
        Files.write(biggest(entry), new byte[8192]);
      }
    },
    A_BIT_IS_DIFFERENT {
      @Override
      void to(Path entry) throws IOException {
        byte[] content = Files.readAllBytes(biggest(entry));
        content[content.length / 2] ^= 1;
        Files.write(biggest(entry), content);
      }
    },
    A_FILE_IS_MISSING {
      @Override
      void to(Path entry) throws IOException {
        Files.delete(biggest(entry));
      }
    },
    ITS_MANIFEST_IS_MISSING {
      @Override
      void to(Path entry) throws IOException {
        Files.delete(entry.resolve(SavedTemplate.MANIFEST));
      }
    },
    ITS_MANIFEST_IS_DIFFERENT {
      @Override
      void to(Path entry) throws IOException {
        Path manifest = entry.resolve(SavedTemplate.MANIFEST);
        Files.writeString(
            manifest, Files.readString(manifest).replaceFirst("counters \\d+", "counters 5"));
      }
    },
    IT_IS_OF_A_SERVER_THAT_HAS_COUNTED_TOO_FAR {
      @Override
      void to(Path entry) throws IOException {
        SavedTemplate saved = SavedTemplate.read(entry);
        Counters counters = saved.counters();
        new SavedTemplate(
                new Counters(counters.xid(), counters.multixact(), counters.wal() + (1L << 40)),
                saved.frozenXid(),
                saved.frozenMultixact(),
                saved.owner(),
                saved.files(),
                saved.dependencies(),
                saved.settings())
            .write(entry);
      }
    },
    IT_IS_OF_ANOTHER_CLUSTER {
      @Override
      void to(Path entry) throws IOException {
        SavedTemplate saved = SavedTemplate.read(entry);
        new SavedTemplate(
                saved.counters(),
                saved.frozenXid(),
                saved.frozenMultixact(),
                saved.owner() + 1,
                saved.files(),
                saved.dependencies(),
                saved.settings())
            .write(entry);
      }
    };

    abstract void to(Path entry) throws IOException;

    private static Path biggest(Path entry) throws IOException {
      SavedTemplate.SavedFile biggest =
          SavedTemplate.read(entry).files().stream()
              .max(Comparator.comparing(SavedTemplate.SavedFile::size))
              .orElseThrow();
      return entry.resolve(biggest.name());
    }
  }

  @Test
  void areNotKeptWhereTheirFilesDoNotSayAll() throws Exception {
    PostgresServer server = start();
    make(
        server,
        "made",
        connection -> {
          execute(connection, "CREATE UNLOGGED TABLE t (place point)");
          execute(connection, "CREATE INDEX ON t USING gist (place)");
        });
    server.saveTemplate(KEY, "made");
    assertThat(server.takeTemplate(KEY, "taken")).isFalse();
    server.copyDatabase("made", "copy");
    inDatabase(
        server,
        "copy",
        connection -> assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("0"));
  }

  private interface Use {
    void with(Connection connection) throws SQLException;
  }

  private static List<String> values(Connection connection) throws SQLException {
    List<String> values = new ArrayList<>();
    for (String plan : List.of("on", "off")) {
      execute(connection, "SET enable_seqscan = " + plan);
      for (String query : CONTENT) {
        values.add(value(connection, query));
      }
    }
    return values;
  }

  private static void bearEverything(Connection connection) throws SQLException {
    for (String statement :
        List.of(
            "UPDATE shop.orders SET amount = amount + 1, place = point(id % 50, id % 70)",
            "UPDATE shop.customers SET name = name || '!'",
            "SELECT id FROM shop.customers FOR UPDATE",
            "VACUUM (FREEZE) shop.orders",
            "INSERT INTO shop.orders (customer, amount, note, place, tags, during)"
                + " SELECT 1 + i % 200, i, md5(i::text), point(i % 97, i % 89), '{x}', '[1,9)'"
                + " FROM generate_series(1, 3000) i",
            "DELETE FROM shop.orders WHERE id % 2 = 0",
            "VACUUM ANALYZE",
            "DELETE FROM shop.orders",
            "DELETE FROM shop.events",
            "VACUUM",
            "INSERT INTO shop.orders (customer, amount, place, tags, during)"
                + " SELECT 1 + i % 200, i, point(i, i), '{x}', '[1,9)' FROM generate_series(1, 900) i",
            "REFRESH MATERIALIZED VIEW CONCURRENTLY shop.totals",
            "ALTER TYPE shop.state ADD VALUE 'lost'",
            "CREATE TABLE shop.more (id int REFERENCES shop.orders)",
            "ALTER TABLE shop.orders ADD COLUMN more int DEFAULT 7",
            "CREATE INDEX ON shop.orders (more)",
            "SELECT lo_unlink(4711)")) {
      execute(connection, statement);
    }
    assertThat(value(connection, "SELECT count(*) FROM shop.orders WHERE more = 7"))
        .isEqualTo("900");
  }

  private static void checkAll(Connection connection) throws SQLException {
    execute(connection, "VACUUM (FREEZE)");
    execute(connection, "CHECKPOINT");
    execute(connection, "CREATE EXTENSION IF NOT EXISTS amcheck");
    execute(
        connection,
        "SELECT bt_index_parent_check(c.oid, true, true) FROM pg_class c"
            + " JOIN pg_am a ON a.oid = c.relam JOIN pg_index i ON i.indexrelid = c.oid"
            + " WHERE a.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence <> 't'"
            + " AND i.indisvalid");
    assertThat(
            value(
                connection,
                "SELECT count(*) FROM pg_class c, verify_heapam(c.oid)"
                    + " WHERE c.relkind IN ('r', 't', 'm')"))
        .isEqualTo("0");
  }

  private PostgresServer start() {
    PostgresServer server =
        PostgresServer.start(
            new PostgresSettings(
                3, Duration.ofSeconds(60), Duration.ofSeconds(60), cache.directory(), null, null));
    servers.add(server);
    return server;
  }

  private static void make(PostgresServer server, String database, Use maker) throws SQLException {
    server.createDatabase(database);
    inDatabase(server, database, maker);
    server.sealDatabase(database);
  }

  private static void inDatabase(PostgresServer server, String database, Use use)
      throws SQLException {
    server.createLogin(database, "user", "sk_user");
    try (Connection connection = connect(server, database, "user", "sk_user")) {
      use.with(connection);
    }
    server.dropLogin("user");
  }

  private void asSuperuser(PostgresServer server, String database, Use use) throws SQLException {
    try (Connection connection =
        connect(server, database, PreparedCluster.SUPERUSER, cache.superuserPassword())) {
      execute(connection, "SET statement_timeout = 0");
      use.with(connection);
    }
  }

  private static Path directory(PostgresServer server) {
    return Path.of(server.toString().replaceAll(".*\\[(.*), port.*", "$1"));
  }

  private static String log(PostgresServer server) throws Exception {
    return Files.readString(directory(server).resolve("server.log"));
  }
}
