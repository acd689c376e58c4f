package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither the token nor a connection string gets into anything that may be printed. */
final class SecretsTest {
  /** What a server could say that is bent on giving everything away. */
  private static final String GOSSIP =
      "Bearer "
          + ScriptedApi.TOKEN
          + " and "
          + ScriptedApi.TOKEN
          + " and "
          + URLEncoder.encode(ScriptedApi.TOKEN, StandardCharsets.UTF_8)
          + " and "
          + Answers.CONNECTION_STRING
          + " and "
          + Answers.PASSWORD
          + " and eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.c2lnbmF0dXJl";

  @AutoClose private final ScriptedApi server = new ScriptedApi();

  private static void assertNothingGivenAway(String text) {
    assertThat(text)
        .doesNotContain(ScriptedApi.TOKEN)
        .doesNotContain("Secret~Token", "Secret%7EToken")
        .doesNotContain(Answers.PASSWORD)
        .doesNotContain("0a1b2c3d:")
        .doesNotContain("eyJhbGci");
  }

  private static void assertNothingGivenAway(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    assertNothingGivenAway(text.toString());
    if (failure instanceof ManagementApiException e) {
      assertNothingGivenAway(e.call().toString());
    }
  }

  private ManagementApiException failure(ManagementApi api) {
    return catchThrowableOfType(
        ManagementApiException.class,
        () -> api.databases().create(CreateDatabase.inProject("proj_1").named("orders")));
  }

  @Nested
  final class InErrors {
    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 402, 403, 404, 409, 413, 418, 422, 429, 500, 503})
    void ofEveryStatus(int status) {
      String error =
          "{\"error\":{\"code\":\"%1$s\",\"message\":\"%1$s\",\"hint\":\"%1$s\",\"field\":\"%1$s\"}}"
              .formatted(GOSSIP);
      server.then(status, error).then(200, Answers.page(""));

      ManagementApiException e = failure(server.builder().maxRetries(0).build());

      assertNothingGivenAway(e);
      assertThat(e).hasMessageContaining("[redacted]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json"})
    void ofAPage(String contentType) {
      server.then(ScriptedApi.answer(403, contentType, "<p>" + GOSSIP + "</p>"));

      assertNothingGivenAway(failure(server.client()));
    }

    @Test
    void ofThePlanLimit() {
      server.thenError(403, "planLimitReached", GOSSIP);

      assertNothingGivenAway(failure(server.client()));
    }

    @Test
    void ofARedirectAndAContentType() {
      server.then(
          ScriptedApi.answer(
              302,
              "text/plain; " + GOSSIP,
              "",
              "Location",
              "https://user:" + Answers.PASSWORD + "@example.com/" + ScriptedApi.TOKEN));

      assertNothingGivenAway(failure(server.client()));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"status\":7",
          "\"createdAt\":\"sk_Pa55wordThatNobodyMaySee\"",
          "\"url\":\"a b:sk_Pa55wordThatNobodyMaySee\""
        })
    void ofACreatingAnswerThatIsNotAsItShouldBe(String wrong) {
      String field = wrong.substring(0, wrong.indexOf(':'));
      String database =
          Answers.created("db_1", "orders").replaceFirst(field + ":\"[^\"]*\"", wrong);
      server.then(201, Answers.data(database));

      ManagementApiException e = failure(server.client());

      assertThat(e).isInstanceOf(UnexpectedAnswerException.class);
      assertNothingGivenAway(e);
    }

    @Test
    void ofACreatingAnswerThatEndsTooSoon() {
      String whole = Answers.data(Answers.created("db_1", "orders"));
      server.then(201, whole.substring(0, whole.length() - 2));

      ManagementApiException e = failure(server.client());

      assertThat(e).isInstanceOf(UnexpectedAnswerException.class);
      assertThat(e).hasMessageContaining("it is no JSON (application/json).");
      assertNothingGivenAway(e);
    }

    @Test
    void ofAConnectionStringThatIsNoUrl() {
      server.then(
          200,
          """
          {"id":"con_1","name":"a","createdAt":"%s","connectionString":"postgres://u:%s@ /x"}"""
              .formatted(Answers.CREATED_AT, Answers.PASSWORD));

      assertNothingGivenAway(
          catchThrowableOfType(
              UnexpectedAnswerException.class,
              () -> server.client().connections().create("db_1", "a")));
    }

    @Test
    void ofACutConnection() {
      server.then(ScriptedApi.silence()).thenError(401, "no", GOSSIP);

      assertNothingGivenAway(failure(server.client()));
    }

    @Test
    void ofATokenThatNoHeaderCanCarry() {
      assertThatThrownBy(() -> ManagementApi.builder().serviceToken(ScriptedApi.TOKEN + "\n"))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(SecretsTest::assertNothingGivenAway);
    }

    @Test
    void ofABaseUrlWithCredentials() {
      URI url = URI.create("https://user:" + Answers.PASSWORD + "@api.prisma.io");

      assertThatThrownBy(() -> ManagementApi.builder().baseUrl(url))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(SecretsTest::assertNothingGivenAway);
    }
  }

  @Nested
  final class InToString {
    @Test
    void ofTheClientAndItsParts() {
      ManagementApi api = server.client();

      assertThat(api).hasToString("ManagementApi[" + server.url() + "]");
      for (Object part :
          List.of(
              api.projects(),
              api.databases(),
              api.connections(),
              api.regions(),
              server.builder())) {
        assertNothingGivenAway(part.toString());
      }
    }

    @Test
    void ofWhatWasCreated() {
      server.then(
          201,
          Answers.data(
              Answers.project(
                  "proj_1", "orders", Answers.CREATED_AT, Answers.created("db_1", "orders"))));

      Project project = server.client().projects().create(CreateProject.named("orders"));

      assertThat(project.database()).isNotNull();
      assertThat(project.database().directConnectionString()).isPresent();
      assertNothingGivenAway(project.toString());
      assertThat(project.toString())
          .contains("direct=Endpoint[db.prisma.io:5432, connectionString=hidden]");
    }

    @Test
    void ofAnEndpoint() {
      assertThat(new Endpoint("db.prisma.io", 5432, null))
          .hasToString("Endpoint[db.prisma.io:5432]");
    }
  }
}
