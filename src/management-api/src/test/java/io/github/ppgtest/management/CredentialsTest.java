package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.util.Throwables.getStackTrace;

import io.github.ppgtest.management.ScriptedApi.Received;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class CredentialsTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();

  private ManagementApi client(Credentials credentials) {
    return server.builder().credentials(credentials).build();
  }

  private void refuse() {
    server.thenError(401, "authentication-failed", "Expired");
  }

  @Test
  void repeatsARefusedCallWithTheRenewedToken() {
    FakeCredentials credentials = new FakeCredentials("old", "new");
    refuse();
    server.then(200, Answers.data(Answers.database("db_1", "orders")));

    assertThat(client(credentials).databases().get("db_1").id()).isEqualTo("db_1");

    assertThat(server.received().stream().map(Received::authorization))
        .containsExactly("Bearer old", "Bearer new");
    assertThat(credentials.refused()).containsExactly("old");
  }

  @Test
  void repeatsARefusedCreationWithoutLookingWhetherItHadAnEffect() {
    refuse();
    server.then(201, Answers.data(Answers.created("db_1", "orders")));

    client(new FakeCredentials("old", "new"))
        .databases()
        .create(CreateDatabase.inProject("proj_1").named("orders"));

    assertThat(server.lines()).containsExactly("POST /v1/databases", "POST /v1/databases");
    assertThat(server.received().get(1).body()).isEqualTo(server.received().get(0).body());
  }

  @Test
  void doesNotTakeARefusalForADeletionWhoseAnswerWasLost() {
    refuse();
    server.thenError(404, "resource-not-found", "Gone");

    assertThatThrownBy(() -> client(new FakeCredentials("old", "new")).databases().delete("db_1"))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void doesNotCountARefusalAsARetry() {
    refuse();
    server.then(503, "").then(200, Answers.data(Answers.database("db_1", "orders")));

    ManagementApi api =
        server.builder().maxRetries(1).credentials(new FakeCredentials("old", "new")).build();

    assertThat(api.databases().get("db_1").id()).isEqualTo("db_1");
  }

  @Test
  void failsWhenTheRenewedTokenIsRefusedToo() {
    refuse();
    refuse();
    FakeCredentials credentials = new FakeCredentials("old-token", "new-token", "third");

    AuthenticationFailedException e =
        catchThrowableOfType(
            AuthenticationFailedException.class, () -> client(credentials).databases().get("db_1"));

    assertThat(e)
        .hasMessage(
            "GET /v1/databases/db_1 was answered 401 after 2 attempts: authentication-failed:"
                + " Expired. The token was renewed for this call, and refused again. Check that "
                + server.url()
                + " is the address that the credentials are for.");
    assertThat(server.lines()).hasSize(2);
    assertThat(credentials.refused()).containsExactly("old-token");
  }

  @Test
  void hidesTheRenewedTokenTooWhoeverRepeatsIt() {
    refuse();
    server.thenError(422, "validation-error", "what are old-token and new-token?");

    assertThatThrownBy(
            () -> client(new FakeCredentials("old-token", "new-token")).databases().get("db_1"))
        .hasMessageContaining("what are [redacted] and [redacted]?");
  }

  @Test
  void triesAServiceTokenOnce() {
    refuse();

    assertThatThrownBy(() -> server.client().databases().get("db_1"))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining("The service token is invalid or expired");
    assertThat(server.lines()).hasSize(1);
  }

  @Test
  void sendsNothingWithoutAToken() {
    CredentialsException noToken = new CredentialsException("Nobody is logged in.", null);

    assertThatThrownBy(() -> client(failing(noToken, noToken)).databases().get("db_1"))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessage(
            "GET /v1/databases/db_1 got no answer: it was not sent, as there is no token for it."
                + " Nobody is logged in.")
        .hasCause(noToken);
    assertThat(server.lines()).isEmpty();
  }

  @Test
  void saysWhyTheTokenCouldNotBeRenewed() {
    refuse();
    CredentialsException notRenewed = new CredentialsException("Log in again.", null);

    assertThatThrownBy(() -> client(failing(null, notRenewed)).databases().get("db_1"))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessage(
            "GET /v1/databases/db_1 was answered 401: authentication-failed: Expired. Log in"
                + " again.")
        .hasCause(notRenewed);
  }

  @Test
  void doesNotQuoteATokenThatNoHeaderCanCarry() {
    assertThatThrownBy(() -> client(new FakeCredentials("sec\nret")).databases().get("db_1"))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining("FakeCredentials supplied a token that no HTTP header can carry.")
        .hasMessageNotContaining("ret\n");
    assertThat(server.lines()).isEmpty();
  }

  @Test
  void areEqualWhereTheServiceTokenIsAndDoNotShowIt() {
    assertThat(Credentials.serviceToken("secret"))
        .isEqualTo(Credentials.serviceToken("secret"))
        .isNotEqualTo(Credentials.serviceToken("other"))
        .hasToString("ServiceToken[hidden]");
  }

  private static Credentials failing(
      CredentialsException whenAsked, CredentialsException whenRefused) {
    return new Credentials() {
      @Override
      public String token() {
        if (whenAsked != null) {
          throw whenAsked;
        }
        return "token";
      }

      @Override
      public Optional<String> renew(String refused) {
        throw whenRefused;
      }
    };
  }

  private record Fixed(String token) implements Credentials {
    @Override
    public Optional<String> renew(String refused) {
      return Optional.empty();
    }
  }

  @Test
  void doesNotQuoteCredentialsThatShowTheirToken() {
    assertThatThrownBy(() -> client(new Fixed("a secret\n")).databases().get("db_1"))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining("Fixed supplied a token that no HTTP header can carry.")
        .satisfies(failure -> assertThat(getStackTrace(failure)).doesNotContain("a secret"));
  }
}
