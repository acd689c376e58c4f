package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.OptionalInt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorsTest {
  private static final String CHECK_ADDRESS =
      " is the Management API (PPGTEST_API_URL sets another address) and that no proxy or login"
          + " page answers in its place.";

  @AutoClose private final ScriptedApi server = new ScriptedApi();

  private <E extends ManagementApiException> E get(Class<E> type) {
    return catchThrowableOfType(
        type, () -> server.builder().maxRetries(0).build().databases().get("db_1"));
  }

  private <E extends ManagementApiException> E create(Class<E> type) {
    return catchThrowableOfType(
        type,
        () ->
            server
                .builder()
                .maxRetries(0)
                .build()
                .databases()
                .create(CreateDatabase.inProject("proj_1").named("orders")));
  }

  @Nested
  final class OfTheApi {
    @Test
    void carriesEverythingThatTheApiSaid() {
      server.then(
          409,
          """
          {"error":{"code":"conflict","message":"The database is busy","hint":"Wait a little"}}""");

      ConflictException e = get(ConflictException.class);

      assertThat(e.method()).isEqualTo("GET");
      assertThat(e.path()).isEqualTo("/v1/databases/db_1");
      assertThat(e.status()).isEqualTo(OptionalInt.of(409));
      assertThat(e.code()).contains("conflict");
      assertThat(e.apiMessage()).contains("The database is busy");
      assertThat(e.hint()).contains("Wait a little");
      assertThat(e.attempts()).isEqualTo(1);
      assertThat(e)
          .hasMessage(
              "GET /v1/databases/db_1 was answered 409: conflict: The database is busy. Hint: Wait"
                  + " a little. The resource is in another state than the call needs: wait until"
                  + " it is ready, or choose another logicalId if one is taken.");
    }

    @Test
    void says401WithWhereToMakeAToken() {
      server.thenError(401, "authentication-failed", "Invalid or expired token.");

      assertThat(get(AuthenticationFailedException.class))
          .hasMessage(
              "GET /v1/databases/db_1 was answered 401: authentication-failed: Invalid or expired"
                  + " token. The service token is invalid or expired: take one of %s.",
              server.url());
    }

    @Test
    void says401AlsoWithoutABody() {
      server.then(401, "");

      assertThat(get(AuthenticationFailedException.class))
          .hasMessageStartingWith("GET /v1/databases/db_1 was answered 401. The service token is");
    }

    @Test
    void says403WithWhatMayBeTheReason() {
      server.thenError(403, "permission-denied", "Cannot delete the default database");

      assertThat(get(PermissionDeniedException.class))
          .hasMessage(
              "GET /v1/databases/db_1 was answered 403: permission-denied: Cannot delete the"
                  + " default database. The service token may not do this: check that the resource"
                  + " belongs to the token's workspace, and that it is not a project's default"
                  + " database, which goes only with its project.");
    }

    @Test
    void says404WithThePrefixThatIsMissing() {
      server.thenError(404, "resource-not-found", "Database not found");

      ResourceNotFoundException e =
          catchThrowableOfType(
              ResourceNotFoundException.class, () -> server.client().databases().get("cm4711"));

      assertThat(e.resourceId()).isEqualTo("cm4711");
      assertThat(e)
          .hasMessage(
              "GET /v1/databases/cm4711 was answered 404: resource-not-found: Database not found."
                  + " Does the id carry its prefix? \"cm4711\" does not begin with \"db_\".");
    }

    @Test
    void says404WithOtherReasonsWhereThePrefixIsThere() {
      server.thenError(404, "resource-not-found", "Database not found");

      assertThat(get(ResourceNotFoundException.class))
          .hasMessageEndingWith(
              "It may be deleted already, or belong to another workspace than the service"
                  + " token's.");
    }

    @Test
    void says404OfTheProjectThatADatabaseIsCreatedIn() {
      server.thenError(404, "resource-not-found", "Project not found");

      ResourceNotFoundException e =
          catchThrowableOfType(
              ResourceNotFoundException.class,
              () -> server.client().databases().create(CreateDatabase.inProject("cm1")));

      assertThat(e)
          .hasMessage(
              "POST /v1/databases was answered 404: resource-not-found: Project not found. Does"
                  + " the id carry its prefix? \"cm1\" does not begin with \"proj_\".");
    }

    @Test
    void says404OfAPathThatNamesNothing() {
      server.thenError(404, "not-found", "No such route");

      ResourceNotFoundException e =
          catchThrowableOfType(ResourceNotFoundException.class, () -> server.client().me());

      assertThat(e)
          .hasMessage(
              "GET /v1/me was answered 404: not-found: No such route. Check that the API's base"
                  + " URL is right.");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void saysThatTheRequestIsRefused(int status) {
      server.thenError(status, "validation-error", "region is unknown");

      ValidationException e = create(ValidationException.class);

      assertThat(e.field()).isEmpty();
      assertThat(e)
          .hasMessage(
              "POST /v1/databases was answered "
                  + status
                  + ": validation-error: region is unknown. Correct the request as the message"
                  + " says.");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"field\":\"region\"",
          "\"path\":[\"region\"]",
          "\"path\":\"region\"",
          "\"details\":[{\"path\":[\"region\"]}]",
          "\"issues\":[{\"field\":\"region\"}]"
        })
    void namesTheFieldThatIsWrong(String where) {
      server.then(
          422, "{\"error\":{\"code\":\"validation-error\",\"message\":\"Invalid\"," + where + "}}");

      ValidationException e = create(ValidationException.class);

      assertThat(e.field()).contains("region");
      assertThat(e)
          .hasMessage(
              "POST /v1/databases was answered 422: validation-error: Invalid. Correct the field"
                  + " \"region\" of the request.");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 403, 409, 422, 429, 500})
    void knowsThePlanLimitByItsCodeWhateverTheStatus(int status) {
      server.thenError(status, "planLimitReached", "Workspace plan limit reached");

      PlanLimitReachedException e =
          catchThrowableOfType(
              PlanLimitReachedException.class,
              () -> server.client().projects().create(CreateProject.named("orders")));

      assertThat(e)
          .hasMessage(
              "POST /v1/projects was answered "
                  + status
                  + ": planLimitReached: Workspace plan limit reached. The workspace has reached"
                  + " the limit of its plan: delete databases or projects that nobody needs, or choose"
                  + " a larger plan.");
      assertThat(server.lines()).hasSize(1);
    }

    @Test
    void says429() {
      server.thenError(429, "rate-limit-exceeded", "Too many requests");

      assertThat(get(RateLimitExceededException.class))
          .hasMessage(
              "GET /v1/databases/db_1 was answered 429: rate-limit-exceeded: Too many requests."
                  + " The client did not back off. Make fewer calls at once, or try again"
                  + " later.");
    }

    @Test
    void says5xxWithAnExcerptOfWhatIsNoErrorOfTheApi() {
      server.then(
          ScriptedApi.answer(
              502,
              "text/html",
              "<html><head><style>p{color:red}</style></head><body>\n<h1>Bad\tGateway</h1></body>"));

      assertThat(get(ServerErrorException.class))
          .hasMessage(
              "GET /v1/databases/db_1 was answered 502: \"Bad Gateway\". The fault is on the API's"
                  + " side: try again later, and look at the log of what serves %s if it stays.",
              server.url());
    }

    @Test
    void readsAnErrorWithoutItsEnvelope() {
      server.then(403, "{\"code\":\"permission-denied\",\"message\":\"No\"}");

      assertThat(get(PermissionDeniedException.class).code()).contains("permission-denied");
    }

    @Test
    void readsAnErrorThatIsAMereWord() {
      server.then(429, "{\"error\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"Slow down\"}");

      RateLimitExceededException e = get(RateLimitExceededException.class);

      assertThat(e.code()).contains("RATE_LIMIT_EXCEEDED");
      assertThat(e.apiMessage()).contains("Slow down");
    }
  }

  @Nested
  final class OfNonsense {
    @Test
    void quotesAProxysPage() {
      server.then(ScriptedApi.answer(200, "text/html", "<html><body>Please log in</body></html>"));

      assertThat(get(UnexpectedAnswerException.class))
          .hasMessage(
              "GET /v1/databases/db_1 was answered 200: it is no JSON (text/html, \"Please log"
                  + " in\"). Check that "
                  + server.url()
                  + CHECK_ADDRESS);
    }

    @Test
    void doesNotTakeAProxysRefusalForTheApis() {
      server.then(ScriptedApi.answer(403, "text/html", "<p>Blocked by policy</p>"));

      assertThat(get(UnexpectedAnswerException.class))
          .hasMessage(
              "GET /v1/databases/db_1 was answered 403: this is no error of the API (text/html,"
                  + " \"Blocked by policy\"). Check that "
                  + server.url()
                  + CHECK_ADDRESS);
    }

    @Test
    void saysWhereARedirectLeadsButDoesNotFollowIt() {
      server.then(
          ScriptedApi.answer(
              302, "text/plain", "", "Location", "https://login.example.com/sso?state=4711"));

      assertThat(get(UnexpectedAnswerException.class))
          .hasMessage(
              "GET /v1/databases/db_1 was answered 302: this is a redirect to"
                  + " https://login.example.com/sso (text/plain). Check that "
                  + server.url()
                  + CHECK_ADDRESS);
      assertThat(server.lines()).hasSize(1);
    }

    @Test
    void namesTheFieldThatIsMissing() {
      server.then(200, "{\"data\":{\"id\":\"db_1\",\"name\":\"orders\"}}");

      assertThat(get(UnexpectedAnswerException.class))
          .hasMessage(
              "GET /v1/databases/db_1 was answered 200: data.status is missing (application/json)."
                  + " Check that "
                  + server.url()
                  + CHECK_ADDRESS);
    }

    @Test
    void namesTheFieldDeepDown() {
      server.then(
          201,
          Answers.data(
              Answers.created("db_1", "orders").replace("\"port\":5432,", "\"port\":\"many\",")));

      assertThat(create(UnexpectedAnswerException.class))
          .hasMessage(
              "POST /v1/databases was answered 201: data.connections[0].endpoints.direct.port is"
                  + " no port (application/json). The resource may have been created: look for it"
                  + " at "
                  + server.url()
                  + ". Check that "
                  + server.url()
                  + CHECK_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"\"createdAt\":\"yesterday\"", "\"createdAt\":17", "\"createdAt\":null"})
    void refusesADateThatIsNone(String field) {
      server.then(
          200, "{\"data\":{\"id\":\"db_1\",\"name\":\"x\",\"status\":\"ready\"," + field + "}}");

      assertThat(get(UnexpectedAnswerException.class)).hasMessageContaining("data.createdAt is ");
    }

    @Test
    void refusesAnEmptyAnswer() {
      server.then(200, "");

      assertThat(get(UnexpectedAnswerException.class))
          .hasMessageContaining("was answered 200: it is empty (application/json).");
    }

    @Test
    void refusesAListWhereAnObjectIsDue() {
      server.then(200, "{\"data\":[]}");

      assertThat(get(UnexpectedAnswerException.class)).hasMessageContaining("data is no object");
    }

    @Test
    void refusesAStatusThatTheApiDoesNotHave() {
      server.thenError(418, "teapot", "Short and stout");

      assertThat(get(UnexpectedAnswerException.class))
          .hasMessageStartingWith(
              "GET /v1/databases/db_1 was answered 418: this is of a kind that the API does not"
                  + " give (application/json, \"");
    }

    @Test
    void cutsALongExcerpt() {
      server.then(ScriptedApi.answer(200, "text/html", "<p>" + "x".repeat(1_000) + "</p>"));

      assertThat(get(UnexpectedAnswerException.class))
          .hasMessageContaining("\"" + "x".repeat(120) + "…\"");
    }
  }
}
