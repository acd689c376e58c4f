package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A creation with a lost answer: the API may have acted on it or not. */
final class LostAnswersTest {
  private static final String DATABASES = "GET /v1/databases?projectId=proj_1&limit=100";
  private static final String PROJECTS = "GET /v1/projects?limit=100";
  private static final String CONNECTIONS = "GET /v1/databases/db_1/connections?limit=100";

  @AutoClose private final ScriptedApi server = new ScriptedApi();

  /** How an answer is lost. */
  enum Loss {
    SERVER_ERROR {
      @Override
      ScriptedApi.Reply on(ScriptedApi server) {
        return ScriptedApi.answer(500, "application/json", Answers.error("oops", "Oops"));
      }
    },
    GATEWAY {
      @Override
      ScriptedApi.Reply on(ScriptedApi server) {
        return ScriptedApi.answer(504, "text/html", "<h1>Gateway Timeout</h1>");
      }
    },
    CUT {
      @Override
      ScriptedApi.Reply on(ScriptedApi server) {
        return ScriptedApi.cut();
      }
    },
    SILENCE {
      @Override
      ScriptedApi.Reply on(ScriptedApi server) {
        return ScriptedApi.silence();
      }
    },
    TIMEOUT {
      @Override
      ScriptedApi.Reply on(ScriptedApi server) {
        return server.hang();
      }

      /** Its other calls are answered in time on a busy machine too. */
      @Override
      ManagementApi client(ScriptedApi server) {
        return server.builder().requestTimeout(Duration.ofSeconds(5)).build();
      }
    };

    abstract ScriptedApi.Reply on(ScriptedApi server);

    ManagementApi client(ScriptedApi server) {
      return server.client();
    }
  }

  private static ScriptedApi.Reply oops() {
    return ScriptedApi.answer(500, "application/json", Answers.error("oops", "Oops"));
  }

  private Database createDatabase() {
    return createDatabase(server.client());
  }

  private Database createDatabase(Loss loss) {
    return createDatabase(loss.client(server));
  }

  private static Database createDatabase(ManagementApi api) {
    return api.databases().create(CreateDatabase.inProject("proj_1").named("orders"));
  }

  private static String databaseMadeJustNow(String id, String name) {
    return Answers.database(id, name, "ready", Answers.soon(), Answers.withoutSecret());
  }

  private static String freshConnection() {
    return Answers.data(
        Answers.connection("con_9", "taken-over-db_1", Answers.soon(), Answers.withSecret()));
  }

  @Nested
  final class OfADatabase {
    @ParameterizedTest
    @EnumSource
    void takesOverWhatTheLostCreationLeft(Loss loss) {
      server
          .then(loss.on(server))
          .then(
              200,
              Answers.page(
                  "", databaseMadeJustNow("db_0", "other"), databaseMadeJustNow("db_1", "orders")))
          .then(200, freshConnection());

      Database database = createDatabase(loss);

      assertThat(database.id()).isEqualTo("db_1");
      assertThat(database.directConnectionString()).contains(Answers.CONNECTION_STRING);
      assertThat(database.connections())
          .extracting(Connection::id)
          .containsExactly("con_9", "con_1");
      assertThat(server.lines())
          .containsExactly("POST /v1/databases", DATABASES, "POST /v1/databases/db_1/connections");
      assertThat(server.received().get(2).body()).isEqualTo("{\"name\":\"taken-over-db_1\"}");
      assertThat(server.waits()).containsExactly(Duration.ofMillis(125));
    }

    @ParameterizedTest
    @EnumSource
    void createsAgainWhereTheLostCreationLeftNothing(Loss loss) {
      server
          .then(loss.on(server))
          .then(200, Answers.page("", databaseMadeJustNow("db_0", "other")))
          .then(201, Answers.data(Answers.created("db_2", "orders")));

      Database database = createDatabase(loss);

      assertThat(database.id()).isEqualTo("db_2");
      assertThat(database.directConnectionString()).contains(Answers.CONNECTION_STRING);
      assertThat(server.lines())
          .containsExactly("POST /v1/databases", DATABASES, "POST /v1/databases");
    }

    @Test
    void looksOnAllPages() {
      server
          .then(oops())
          .then(200, Answers.page("more", databaseMadeJustNow("db_0", "other")))
          .then(200, Answers.page("", databaseMadeJustNow("db_1", "orders")))
          .then(200, freshConnection());

      assertThat(createDatabase().id()).isEqualTo("db_1");
      assertThat(server.lines()).contains(DATABASES + "&cursor=more");
    }

    @Test
    void leavesAloneWhatHadTheNameBefore() {
      String older =
          Answers.database(
              "db_7",
              "orders",
              "ready",
              Instant.now().minusSeconds(60).toString(),
              Answers.withoutSecret());
      server
          .then(oops())
          .then(200, Answers.page("", older))
          .then(201, Answers.data(Answers.created("db_2", "orders")));

      assertThat(createDatabase().id()).isEqualTo("db_2");
    }

    @Test
    void goesByTheServersClockAndNotItsOwn() {
      server
          .then(oops())
          .then(200, Answers.page("", databaseMadeJustNow("db_1", "orders")))
          .then(200, freshConnection());
      Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

      Database database =
          server
              .builder()
              .clock(ahead)
              .build()
              .databases()
              .create(CreateDatabase.inProject("proj_1").named("orders"));

      assertThat(database.id()).isEqualTo("db_1");
    }

    @Test
    void givesUpAfterAsManyRetriesAsAnyCall() {
      for (int i = 0; i < 9; i++) {
        server.then(oops()).then(200, Answers.page(""));
      }

      ServerErrorException e =
          catchThrowableOfType(ServerErrorException.class, LostAnswersTest.this::createDatabase);

      assertThat(server.lines()).filteredOn("POST /v1/databases"::equals).hasSize(5);
      // The last look is there to know that nothing is left.
      assertThat(server.lines()).last().isEqualTo(DATABASES);
      assertThat(server.waits())
          .extracting(Duration::toMillis)
          .containsExactly(125L, 250L, 500L, 1_000L, 2_000L);
      assertThat(e.attempts()).isEqualTo(5);
      assertThat(e.getSuppressed()).hasSize(1);
    }

    @Test
    void countsTheWaitsForTheRateLimitToo() {
      server
          .thenError(429, "rate-limit-exceeded", "Slow down")
          .then(oops())
          .then(200, Answers.page(""))
          .thenError(429, "rate-limit-exceeded", "Slow down");

      RateLimitExceededException e =
          catchThrowableOfType(
              RateLimitExceededException.class,
              () ->
                  server
                      .builder()
                      .maxRetries(2)
                      .build()
                      .databases()
                      .create(CreateDatabase.inProject("proj_1").named("orders")));

      assertThat(e.attempts()).isEqualTo(3);
      assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(ServerErrorException.class);
    }

    @Test
    void failsWithoutANameToLookUp() {
      server.then(oops());

      CreationUncertainException e =
          catchThrowableOfType(
              CreationUncertainException.class,
              () -> server.client().databases().create(CreateDatabase.inProject("proj_1")));

      assertThat(e)
          .hasMessage(
              "POST /v1/databases was answered 500: oops: Oops. The database has no name by which"
                  + " it could be looked up. The resource may have been created: look for it at"
                  + " %s, and delete it if nobody needs it.",
              server.url())
          .hasCauseInstanceOf(ServerErrorException.class);
      assertThat(server.lines()).hasSize(1);
    }

    @Test
    void saysSoWhereLookingFailsToo() {
      server.then(oops()).thenError(403, "permission-denied", "No");

      CreationUncertainException e =
          catchThrowableOfType(
              CreationUncertainException.class, LostAnswersTest.this::createDatabase);

      assertThat(e)
          .hasMessage(
              "POST /v1/databases was answered 500: oops: Oops. Looking for the database"
                  + " \"orders\" failed too. The resource may have been created: look for it at"
                  + " %s, and delete it if nobody needs it.",
              server.url());
      assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(PermissionDeniedException.class);
    }

    @Test
    void saysSoWhereMoreThanOneCameIntoBeing() {
      server
          .then(oops())
          .then(
              200,
              Answers.page(
                  "",
                  databaseMadeJustNow("db_1", "orders"),
                  databaseMadeJustNow("db_2", "orders")));

      assertThat(
              catchThrowableOfType(
                  CreationUncertainException.class, LostAnswersTest.this::createDatabase))
          .hasMessageContaining(
              "More than one database of the name \"orders\" has come into being: db_1, db_2.");
    }

    @Test
    void deletesWhatItFoundButCannotUse() {
      server
          .then(oops())
          .then(200, Answers.page("", databaseMadeJustNow("db_1", "orders")))
          .thenError(409, "conflict", "Not now")
          .then(204, "");

      ConflictException e =
          catchThrowableOfType(ConflictException.class, LostAnswersTest.this::createDatabase);

      assertThat(server.lines()).last().isEqualTo("DELETE /v1/databases/db_1");
      assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(ServerErrorException.class);
    }

    @Test
    void doesNotRepeatWhereTheServerAsksToWaitTooLong() {
      server
          .then(
              ScriptedApi.answer(
                  503, "application/json", Answers.error("down", "Down"), "Retry-After", "3600"))
          .then(200, Answers.page(""));

      ServerErrorException e =
          catchThrowableOfType(ServerErrorException.class, LostAnswersTest.this::createDatabase);

      assertThat(server.lines()).containsExactly("POST /v1/databases", DATABASES);
      assertThat(e.retryAfter()).contains(Duration.ofHours(1));
    }

    @Test
    void failsAtOnceWhereTheRequestIsRefused() {
      server.thenError(422, "validation-error", "No such region");

      assertThat(
              catchThrowableOfType(ValidationException.class, LostAnswersTest.this::createDatabase))
          .isNotNull();
      assertThat(server.lines()).containsExactly("POST /v1/databases");
    }
  }

  @Nested
  final class OfAProject {
    private String found() {
      return Answers.page("", Answers.project("proj_1", "orders", Answers.soon(), "null"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_ERROR", "CUT"})
    void takesOverWhatTheLostCreationLeft(Loss loss) {
      server.then(loss.on(server)).then(200, found());

      Project project =
          server.client().projects().create(CreateProject.named("orders").withoutDatabase());

      assertThat(project.id()).isEqualTo("proj_1");
      assertThat(project.database()).isNull();
      assertThat(server.lines()).containsExactly("POST /v1/projects", PROJECTS);
    }

    @Test
    void takesItsDefaultDatabaseOverToo() {
      String database =
          databaseMadeJustNow("db_1", "default")
              .replace("\"isDefault\":false", "\"isDefault\":true");
      server
          .then(oops())
          .then(200, found())
          .then(200, Answers.page("", databaseMadeJustNow("db_0", "other"), database))
          .then(200, freshConnection());

      Project project = server.client().projects().create(CreateProject.named("orders"));

      assertThat(project.database()).isNotNull();
      assertThat(project.database().id()).isEqualTo("db_1");
      assertThat(project.database().directConnectionString()).contains(Answers.CONNECTION_STRING);
      assertThat(server.lines())
          .containsExactly(
              "POST /v1/projects", PROJECTS, DATABASES, "POST /v1/databases/db_1/connections");
    }

    @Test
    void deletesItWhereItsDatabaseCannotBeUsed() {
      server
          .then(oops())
          .then(200, found())
          .thenError(403, "permission-denied", "No")
          .then(204, "");

      assertThat(
              catchThrowableOfType(
                  PermissionDeniedException.class,
                  () -> server.client().projects().create(CreateProject.named("orders"))))
          .isNotNull();
      assertThat(server.lines()).last().isEqualTo("DELETE /v1/projects/proj_1");
    }
  }

  @Nested
  final class OfAConnection {
    @ParameterizedTest
    @EnumSource(names = {"SERVER_ERROR", "CUT"})
    void deletesWhatTheLostCreationLeftAndCreatesAnew(Loss loss) {
      server
          .then(loss.on(server))
          .then(
              200,
              Answers.page(
                  "", Answers.connection("con_5", "mine", Answers.soon(), Answers.withoutSecret())))
          .then(204, "")
          .then(
              200,
              Answers.data(
                  Answers.connection("con_6", "mine", Answers.soon(), Answers.withSecret())));

      Connection connection = server.client().connections().create("db_1", "mine");

      assertThat(connection.id()).isEqualTo("con_6");
      assertThat(connection.directConnectionString()).contains(Answers.CONNECTION_STRING);
      assertThat(server.lines())
          .containsExactly(
              "POST /v1/databases/db_1/connections",
              CONNECTIONS,
              "DELETE /v1/connections/con_5",
              "POST /v1/databases/db_1/connections");
    }
  }
}
