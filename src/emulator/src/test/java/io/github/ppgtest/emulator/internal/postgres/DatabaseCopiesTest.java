package io.github.ppgtest.emulator.internal.postgres;

import static io.github.ppgtest.emulator.internal.postgres.TestSql.execute;
import static io.github.ppgtest.emulator.internal.postgres.TestSql.value;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class DatabaseCopiesTest {
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final String SCHEMA =
      """
      CREATE EXTENSION pg_trgm;
      CREATE SCHEMA shop;
      CREATE TYPE shop.state AS ENUM ('new', 'paid');
      CREATE TABLE shop.orders (
        id serial PRIMARY KEY, state shop.state NOT NULL DEFAULT 'new', "Note" text UNIQUE);
      CREATE INDEX orders_note ON shop.orders USING gin ("Note" gin_trgm_ops);
      CREATE UNLOGGED TABLE shop.seen (id int PRIMARY KEY REFERENCES shop.orders);
      CREATE VIEW shop.paid AS SELECT * FROM shop.orders WHERE state = 'paid';
      CREATE FUNCTION shop.total() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM shop.orders';
      CREATE POLICY everything ON shop.orders USING (true);
      ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
      INSERT INTO shop.orders (state, "Note") SELECT 'paid', 'note ' || i FROM generate_series(1, 500) i;
      INSERT INTO shop.seen SELECT id FROM shop.orders;
      SELECT lo_from_bytea(4711, 'a large one')
      """;

  private static PostgresServer server;

  private final String source = newDatabase();
  private final String owner = newLogin(source);

  @BeforeAll
  static void start() {
    server =
        PostgresServer.start(
            new PostgresSettings(
                3, Duration.ofMinutes(3), Duration.ofMinutes(3), null, null, null));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private void assertHoldsWhatItsLoginCanUse(String copy, String login) throws SQLException {
    try (Connection connection = connect(copy, login)) {
      assertThat(value(connection, "SELECT shop.total()")).isEqualTo("500");
      assertThat(value(connection, "SELECT count(*) FROM shop.paid")).isEqualTo("500");
      assertThat(value(connection, "SELECT count(*) FROM shop.seen")).isEqualTo("500");
      assertThat(value(connection, "SELECT count(*) FROM shop.orders WHERE \"Note\" ~ 'te 50'"))
          .isEqualTo("2");
      assertThat(value(connection, "SELECT convert_from(lo_get(4711), 'UTF8')"))
          .isEqualTo("a large one");
      assertThat(value(connection, "INSERT INTO shop.orders (\"Note\") VALUES ('x') RETURNING id"))
          .isEqualTo("501");
      execute(connection, "ALTER TABLE shop.orders ADD COLUMN more int");
      execute(connection, "CREATE INDEX ON shop.orders (more)");
      execute(connection, "CREATE TABLE shop.further (id int REFERENCES shop.orders)");
      execute(connection, "ALTER TYPE shop.state ADD VALUE 'sent'");
      execute(connection, "VACUUM ANALYZE shop.orders");
      execute(connection, "SELECT lo_unlink(4711)");
      execute(connection, "DROP SCHEMA shop CASCADE");
      execute(connection, "DROP EXTENSION pg_trgm");
      execute(connection, "DROP SCHEMA public; CREATE SCHEMA public");
    }
  }

  @Nested
  final class OfADatabaseThatNobodyUses {
    @Test
    void holdsEverythingAndBelongsToItsOwnLogins() throws SQLException {
      try (Connection connection = connect(source, owner)) {
        execute(connection, SCHEMA);
      }
      String copy = copyOf(source);

      assertHoldsWhatItsLoginCanUse(copy, newLogin(copy));
      assertThat(count(source, owner, "shop.orders")).isEqualTo(500);
    }

    @Test
    void outlivesItsSourceAndTheLoginsOfThat() throws SQLException {
      String further = newLogin(source);
      try (Connection connection = connect(source, further)) {
        execute(connection, SCHEMA);
      }
      String copy = copyOf(source);
      server.dropDatabase(source);
      server.dropLogin(owner);
      server.dropLogin(further);

      assertHoldsWhatItsLoginCanUse(copy, newLogin(copy));
    }

    @Test
    void leavesTheLoginsOfTheSourceTheirs() throws SQLException {
      try (Connection connection = connect(source, owner)) {
        execute(connection, SCHEMA);
      }
      String copy = copyOf(source);

      assertHoldsWhatItsLoginCanUse(source, owner);
      assertThatThrownBy(() -> connect(copy, owner)).hasMessageContaining("permission denied");
    }
  }

  @Nested
  final class Policies {
    private static final String NAMES_AND_ROLES =
        "SELECT string_agg(policyname || ' ' || roles::text, ', ' ORDER BY policyname)"
            + " FROM pg_policies";

    @Test
    void forALoginAreForThoseOfTheCopy() throws SQLException {
      makePolicies();
      String copy = copyOf(source);
      try (Connection connection = connect(copy, newLogin(copy))) {
        assertThat(value(connection, NAMES_AND_ROLES))
            .isEqualTo("everybody {public}, mine {prisma_migration}, shared {prisma_migration}");
      }
    }

    @Test
    void forALoginThatIsDroppedAreForTheNext() throws SQLException {
      String next = newLogin(source);
      makePolicies();
      server.dropLogin(owner);
      try (Connection connection = connect(source, next)) {
        String kept = next.substring(0, 63);
        assertThat(value(connection, NAMES_AND_ROLES))
            .isEqualTo(
                "everybody {public}, mine {%s}, shared {prisma_migration,%s}"
                    .formatted(kept, kept));
      }
    }

    private void makePolicies() throws SQLException {
      try (Connection connection = connect(source, owner)) {
        execute(connection, "CREATE SCHEMA \"a Shop\"; CREATE TABLE \"a Shop\".\"T\" (id int)");
        execute(connection, "CREATE POLICY everybody ON \"a Shop\".\"T\"");
        execute(connection, "CREATE POLICY mine ON \"a Shop\".\"T\" TO CURRENT_USER");
        execute(
            connection,
            "CREATE POLICY shared ON \"a Shop\".\"T\" TO prisma_migration, CURRENT_USER");
      }
    }
  }

  @Nested
  final class OfADatabaseInUse {
    @Test
    void holdsEverythingAndEndsNoSession() throws SQLException {
      try (Connection connection = connect(source, owner)) {
        execute(connection, SCHEMA);
        execute(connection, "CREATE TEMPORARY TABLE mine (id serial PRIMARY KEY, t text)");
        execute(connection, "INSERT INTO mine (t) VALUES ('kept')");
        connection.setAutoCommit(false);
        assertThat(value(connection, "SELECT count(*) FROM shop.orders")).isEqualTo("500");

        String copy = copyOf(source);

        assertHoldsWhatItsLoginCanUse(copy, newLogin(copy));
        assertThat(value(connection, "SELECT t FROM mine")).isEqualTo("kept");
        execute(connection, "INSERT INTO shop.orders (\"Note\") VALUES ('after')");
        connection.commit();
      }
      assertThat(count(source, owner, "shop.orders")).isEqualTo(501);
    }

    @Test
    void letsTheCopyUseTemporaryTablesOfTheSameName() throws SQLException {
      try (Connection connection = connect(source, owner)) {
        execute(connection, "CREATE TEMPORARY TABLE mine (id int)");
        String copy = copyOf(source);
        String login = newLogin(copy);
        try (Connection first = connect(copy, login);
            Connection second = connect(copy, login)) {
          for (Connection one : List.of(first, second)) {
            execute(one, "CREATE TEMPORARY TABLE mine (id int)");
            assertThat(value(one, "SELECT count(*) FROM mine")).isEqualTo("0");
          }
        }
        server.dropDatabase(copy);
        server.dropLogin(login);
      }
      server.dropDatabase(source);
      server.dropLogin(owner);
    }

    @Test
    void waitsForATransactionThatHasWritten() throws Exception {
      try (Connection connection = connect(source, owner)) {
        execute(connection, SCHEMA);
        connection.setAutoCommit(false);
        execute(connection, "CREATE TABLE late (id int)");
        execute(connection, "INSERT INTO late VALUES (1)");
        CompletableFuture<String> copying = CompletableFuture.supplyAsync(() -> copyOf(source));
        execute(connection, "INSERT INTO late VALUES (2)");
        assertThat(copying).isNotDone();
        connection.commit();
        String copy = copying.get();
        assertThat(count(copy, newLogin(copy), "late")).isEqualTo(2);
      }
    }

    /** Every transaction writes into two tables; a copy of a moment has as much in both. */
    @Test
    void isOfOneMomentHoweverMuchIsWritten() throws Exception {
      try (Connection setup = connect(source, owner)) {
        execute(setup, "CREATE TABLE one (id serial PRIMARY KEY, t text)");
        execute(setup, "CREATE TABLE two (id serial PRIMARY KEY, t text)");
      }
      AtomicBoolean stop = new AtomicBoolean();
      CountDownLatch writing = new CountDownLatch(2);
      List<CompletableFuture<Integer>> writers =
          List.of(
              CompletableFuture.supplyAsync(() -> write(stop, writing)),
              CompletableFuture.supplyAsync(() -> write(stop, writing)));
      writing.await();
      try {
        for (int i = 0; i < 4; i++) {
          String copy = copyOf(source);
          String login = newLogin(copy);
          try (Connection connection = connect(copy, login)) {
            String ones = value(connection, "SELECT count(*) FROM one");
            assertThat(ones).isNotEqualTo("0");
            assertThat(value(connection, "SELECT count(*) FROM two")).isEqualTo(ones);
            execute(connection, "INSERT INTO one (t) VALUES ('a')");
            execute(connection, "REINDEX TABLE one");
          }
        }
      } finally {
        stop.set(true);
      }
      int written = writers.get(0).get() + writers.get(1).get();
      assertThat(count(source, owner, "one")).isEqualTo(written);
    }

    private int write(AtomicBoolean stop, CountDownLatch writing) {
      int written = 0;
      try (Connection connection = connect(source, owner)) {
        connection.setAutoCommit(false);
        while (!stop.get()) {
          execute(connection, "INSERT INTO one (t) VALUES (repeat('x', 100))");
          execute(connection, "INSERT INTO two (t) VALUES (repeat('x', 100))");
          connection.commit();
          if (++written == 1) {
            writing.countDown();
          }
        }
        return written;
      } catch (SQLException e) {
        throw new IllegalStateException("The source was harmed.", e);
      }
    }

    @Test
    void takesNoConnectionFromTheUsers() throws SQLException {
      try (Connection one = connect(source, owner);
          Connection two = connect(source, owner);
          Connection three = connect(source, owner)) {
        String copy = copyOf(source);
        try (Connection ofCopy = connect(copy, newLogin(copy))) {
          assertThat(List.of(one, two, three, ofCopy)).allMatch(DatabaseCopiesTest::isValid);
        }
        assertThatThrownBy(() -> connect(source, owner)).hasMessageContaining("too many");
      }
    }
  }

  @Nested
  final class InThePlaceOfAnother {
    @Test
    void isOpenToTheLoginsOfThatAndEndedTheirSessions() throws SQLException {
      String second = newLogin(source);
      try (Connection connection = connect(source, second)) {
        execute(connection, SCHEMA);
      }
      String backup = copyOf(source);
      server.closeDatabase(backup);
      assertThatThrownBy(() -> connect(backup, owner)).hasMessageContaining("not currently accept");
      try (Connection connection = connect(source, owner)) {
        execute(connection, "DROP SCHEMA shop CASCADE");
        server.closeDatabase(source);
        assertThat(isValid(connection)).isFalse();
      }
      assertThatThrownBy(() -> connect(source, owner)).hasMessageContaining("not currently accept");

      String replacement = copyOf(backup);
      server.replaceDatabase(source, replacement);

      assertThat(count(source, owner, "shop.orders")).isEqualTo(500);
      assertHoldsWhatItsLoginCanUse(source, second);
      try (Connection connection = connect(source, owner)) {
        execute(connection, "CREATE TABLE anew (id int)");
      }
      assertThat(count(source, second, "anew")).isZero();
      server.dropDatabase(source);
      server.dropLogin(owner);
      server.dropLogin(second);
      server.dropDatabase(backup);
    }
  }

  @Nested
  final class Counters {
    @Test
    void countTheStatementsOfLoginsAndNoOthers() throws SQLException {
      try (Connection connection = connect(source, owner)) {
        execute(connection, "CREATE TABLE t (id int)");
        long before = statements();
        for (int i = 0; i < 25; i++) {
          execute(connection, "INSERT INTO t VALUES (" + i + ")");
        }
        execute(connection, "SELECT count(*) FROM t");
        assertThat(statements() - before).isEqualTo(26);
        copyOf(source);
        assertThat(statements() - before).isEqualTo(26);
      }
    }

    @Test
    void areNotFilledByWhatTheServerIsManagedWith() throws Exception {
      server.statements();
      try (Connection connection = connect(source, owner)) {
        execute(connection, "SELECT 'a statement of a user'");
      }
      server.changePassword(owner, "sk_not_for_a_file");
      String texts =
          Files.readString(data().resolve("pg_stat_tmp/pgss_query_texts.stat"), ISO_8859_1);
      assertThat(texts).contains("SELECT $1").doesNotContain("PASSWORD", "sk_", "CREATE DATABASE");
    }

    /** The library remembers 10,000 statements, and forgets those that are seldom. */
    @Test
    void goOnWhereTheServerForgets() throws SQLException {
      try (Connection connection = connect(source, owner)) {
        int some = 9_000;
        long before = statements();
        executeDifferent(connection, 0, some);
        assertThat(statements() - before).isEqualTo(some);
        executeDifferent(connection, some, 2 * some);
        assertThat(statements() - before).isGreaterThan(some + 5_000).isLessThanOrEqualTo(2 * some);
        long looked = statements();
        execute(connection, "SELECT 1");
        assertThat(statements() - looked).isEqualTo(1);
      }
    }

    @Test
    void goOnWhereALoginIsDropped() throws SQLException {
      String further = newLogin(source);
      for (String login : List.of(owner, further)) {
        try (Connection connection = connect(source, login)) {
          execute(connection, "SELECT 1");
        }
      }
      long before = statements();
      try (Connection connection = connect(source, further)) {
        execute(connection, "SELECT 1");
      }
      long more = statements() - before;
      try (Connection connection = connect(source, further)) {
        execute(connection, "SELECT 1");
      }
      server.dropLogin(further);
      assertThat(statements() - before).isEqualTo(2 * more);
    }

    @Test
    void goOnWhereAnotherTakesThePlace() throws SQLException {
      String replacement = copyOf(source);
      try (Connection connection = connect(source, owner)) {
        long before = statements();
        execute(connection, "SELECT 1");
        server.closeDatabase(source);
        server.replaceDatabase(source, replacement);
        assertThat(statements() - before).isEqualTo(1);
      }
      server.dropDatabase(source);
      assertThat(server.statements()).doesNotContainKey(source);
    }

    private void executeDifferent(Connection connection, int from, int to) throws SQLException {
      for (int i = from; i < to; i += 1_000) {
        execute(
            connection,
            IntStream.range(i, i + 1_000)
                .mapToObj(n -> "SET ppgtest.n" + n + " = 1")
                .collect(Collectors.joining("; ")));
      }
    }

    private long statements() {
      return server.statements().getOrDefault(source, 0L);
    }

    @Test
    void measureWhatIsStored() throws SQLException {
      long empty = server.storedBytes(source);
      try (Connection connection = connect(source, owner)) {
        execute(
            connection,
            "CREATE TABLE t AS SELECT repeat('x', 1000) AS t FROM generate_series(1, 3000)");
      }
      assertThat(server.storedBytes(source)).isGreaterThan(empty + 3_000_000);
      assertThat(server.storedBytes("no_such_database")).isZero();
    }
  }

  @Test
  void aChangedPasswordIsAskedForAtTheNextLogin() throws SQLException {
    try (Connection connection = connect(source, owner)) {
      execute(connection, "CREATE TABLE t (id int)");
      server.changePassword(owner, "sk_another");
      assertThat(isValid(connection)).isTrue();
      assertThatThrownBy(() -> connect(source, owner))
          .hasMessageContaining("password authentication failed");
    }
    try (Connection connection = connect(source, owner, "sk_another")) {
      execute(connection, "DROP TABLE t");
    }
  }

  private static Path data() {
    // Where it is, only its description tells.
    return Path.of(server.toString().replaceAll(".*\\[(.*), port.*", "$1"), "data");
  }

  private static String copyOf(String source) {
    String copy = "copy_" + COUNTER.incrementAndGet();
    server.copyDatabase(source, copy);
    return copy;
  }

  private static String newDatabase() {
    String database = "database_" + COUNTER.incrementAndGet();
    server.createDatabase(database);
    return database;
  }

  private static String newLogin(String database) {
    // As long as the cloud's, of which PostgreSQL keeps 63 characters.
    String user =
        "user_%d_%s".formatted(COUNTER.incrementAndGet(), "x".repeat(64)).substring(0, 64);
    server.createLogin(database, user, "sk_" + user);
    return user;
  }

  private static Connection connect(String database, String user) throws SQLException {
    return connect(database, user, "sk_" + user);
  }

  private static Connection connect(String database, String user, String password)
      throws SQLException {
    return TestSql.connect(server, database, user, password);
  }

  private static boolean isValid(Connection connection) {
    try {
      return connection.isValid(60);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long count(String database, String user, String table) throws SQLException {
    try (Connection connection = connect(database, user)) {
      return Long.parseLong(value(connection, "SELECT count(*) FROM " + table));
    }
  }
}
