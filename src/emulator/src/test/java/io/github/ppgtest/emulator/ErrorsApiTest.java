package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorsApiTest {
  private final TestEmulator emulator =
      new TestEmulator(builder -> builder.serviceToken("the-right-token"));

  @AfterEach
  void close() {
    emulator.close();
  }

  @Nested
  final class Authentication {
    @Test
    void isRequired() {
      Answer refused = emulator.send("GET", "/v1/projects", null, null);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.http().headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(refused.text())
          .isEqualTo(
              "{\"error\":{\"code\":\"authentication-failed\","
                  + "\"message\":\"The request carries no bearer token.\","
                  + "\"hint\":\"Send the service token of this emulator as a bearer token, in the"
                  + " header Authorization.\"}}");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"Basic the-right-token", "the-right-token", "Bearer", "Bearerthe-right-token"})
    void isByBearer(String authorization) {
      Answer refused = emulator.send("GET", "/v1/projects", null, authorization);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.message()).isEqualTo("The request carries no bearer token.");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"Bearer the-right-toke", "Bearer the-right-token2", "Bearer THE-RIGHT-TOKEN"})
    void isByTheWholeToken(String authorization) {
      Answer refused = emulator.send("GET", "/v1/projects", null, authorization);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.code()).isEqualTo("authentication-failed");
      assertThat(refused.message()).isEqualTo("The bearer token is not valid.");
      assertThat(refused.text()).doesNotContain("the-right-token");
    }

    @Test
    void takesTheSchemeInAnyCase() {
      assertThat(emulator.send("GET", "/v1/projects", null, "bearer the-right-token").status())
          .isEqualTo(200);
    }

    @Test
    void comesBeforeEverythingElse() {
      assertThat(emulator.send("GET", "/v1/nowhere", null, null).status()).isEqualTo(401);
      assertThat(emulator.send("PUT", "/v1/projects", "{", null).status()).isEqualTo(401);
    }
  }

  @Nested
  final class Routes {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "/",
          "/v1",
          "/v2/projects",
          "/v1/projects/",
          "/v1/projects/proj_1/",
          "/v1/branches",
          "/v1/projects//databases",
          "/v1/projects/proj_1/databases/db_1"
        })
    void thatAreUnknownAreNotFound(String path) {
      Answer refused = emulator.get(path);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.code()).isEqualTo("resource-not-found");
      assertThat(refused.message()).isEqualTo("There is no GET \"%s\".".formatted(path));
      assertThat(refused.hint())
          .isEqualTo(
              "The emulator serves regions, workspaces, me, projects, databases with their backups"
                  + " and usage, and connections under /v1.");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            PUT    | /v1/projects                   | GET, POST
            HEAD   | /v1/projects                   | GET, POST
            POST   | /v1/projects/proj_1            | DELETE, GET, PATCH
            POST   | /v1/databases/db_1             | DELETE, GET, PATCH
            DELETE | /v1/databases                  | GET, POST
            PATCH  | /v1/connections/con_1          | DELETE, GET
            DELETE | /v1/databases/db_1/connections | GET, POST
            POST   | /v1/regions/postgres           | GET
            POST   | /v1/me                         | GET
            """)
    void tellWhichMethodsTheyTake(String method, String path, String allowed) {
      Answer refused = emulator.send(method, path, null);
      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.http().headers().firstValue("Allow")).contains(allowed);
      if (!method.equals("HEAD")) {
        assertThat(refused.code()).isEqualTo("method-not-allowed");
        assertThat(refused.message()).isEqualTo("\"%s\" does not take %s.".formatted(path, method));
        assertThat(refused.hint()).isEqualTo("Allowed: %s.".formatted(allowed));
      }
    }
  }

  @Nested
  final class Bodies {
    @Test
    void thatAreNotJsonAreRefusedWithoutQuotingThem() {
      Answer refused = emulator.post("/v1/projects", "{\"name\":\n sk_secret}");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.code()).isEqualTo("validation-error");
      assertThat(refused.message())
          .startsWith("body: The text is not JSON at line 2, column ")
          .doesNotContain("sk_");
    }

    @Test
    void haveTheStatusOfTheirEndpoint() {
      assertThat(emulator.post("/v1/databases", "{").status()).isEqualTo(400);
      assertThat(emulator.post("/v1/projects/proj_1/databases", "{").status()).isEqualTo(400);
      assertThat(emulator.post("/v1/connections", "{").status()).isEqualTo(422);
      assertThat(emulator.patch("/v1/databases/db_1", "{").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "\"text\""})
    void haveToBeObjects(String body) {
      Answer refused = emulator.post("/v1/projects", body);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.message()).isEqualTo("body: The text is JSON but not an object.");
    }

    @Test
    void endWithTheObject() {
      assertThat(emulator.post("/v1/projects", "{} {}").status()).isEqualTo(422);
    }

    @Test
    void mayHaveFieldsThatNobodyReads() {
      assertThat(emulator.post("/v1/projects", "{\"colour\": \"red\"}").status()).isEqualTo(201);
    }

    @Test
    void areOneMebibyteAtMost() {
      String padding = "{\"padding\": \"%s\"}";
      int rest = 1024 * 1024 - padding.length() + 2;
      assertThat(emulator.post("/v1/projects", padding.formatted("p".repeat(rest))).status())
          .isEqualTo(201);
      for (int more : new int[] {1, 4 * 1024 * 1024}) {
        Answer refused = emulator.post("/v1/projects", padding.formatted("p".repeat(rest + more)));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.code()).isEqualTo("payload-too-large");
        assertThat(refused.message()).isEqualTo("The request body is larger than 1048576 bytes.");
      }
    }
  }

  @Test
  void anUnexpectedFailureTellsACorrelationIdAndNothingElse() {
    String id = emulator.newDatabase(emulator.newProject());
    emulator.engine.failToDrop(true);
    Answer failed = emulator.delete("/v1/databases/" + id);
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.code()).isEqualTo("internal-error");
    assertThat(failed.message())
        .matches("The emulator failed unexpectedly\\. Correlation id: [0-9a-f-]{36}\\.");
    assertThat(failed.hint())
        .isEqualTo("The log of the JVM that runs the emulator has the cause under this id.");
  }
}
