package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class PrincipalTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();

  @Test
  void saysWhichWorkspaceATokenIsBoundTo() {
    server.then(
        200,
        """
        {"data":{"user":null,"workspace":{"id":"wksp_1","name":"Acme"},
         "credential":{"type":"service_token","id":"tok_1","name":"CI"}}}""");

    assertThat(server.client().me())
        .isEqualTo(
            new Principal(
                null,
                new ResourceRef("wksp_1", "Acme", null),
                new Principal.Credential("service_token", "tok_1", "CI")));
    assertThat(server.lines()).containsExactly("GET /v1/me");
  }

  @Test
  void saysWhichPersonStandsBehindAToken() {
    server.then(
        200,
        """
        {"data":{"user":{"id":"usr_1","email":"ada@example.com","name":null},"workspace":null,
         "credential":{"type":"oauth","id":null,"name":null}}}""");

    assertThat(server.client().me())
        .isEqualTo(
            new Principal(
                new Principal.User("usr_1", "ada@example.com", null),
                null,
                new Principal.Credential("oauth", null, null)));
  }
}
