package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class WorkspacesTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();

  @Test
  void getsOne() {
    server.then(200, Answers.data(Answers.workspace("wksp_1")));

    assertThat(server.client().workspaces().get("wksp_1"))
        .isEqualTo(
            new Workspace(
                "wksp_1",
                "Acme",
                URI.create("https://api.prisma.io/v1/workspaces/wksp_1"),
                Instant.parse(Answers.CREATED_AT)));
    assertThat(server.lines()).containsExactly("GET /v1/workspaces/wksp_1");
  }

  @Test
  void listsThem() {
    server.then(200, Answers.page("", Answers.workspace("wksp_1"), Answers.workspace("wksp_2")));

    assertThat(server.client().workspaces().all().map(Workspace::id))
        .containsExactly("wksp_1", "wksp_2");
    assertThat(server.lines()).containsExactly("GET /v1/workspaces?limit=100");
  }

  @Test
  void readsTheSubscription() {
    server.then(
        200,
        Answers.data(
            "{\"planName\":\"Pro\",\"usageBlocked\":true,"
                + "\"upgradeUrl\":\"https://console.prisma.io/1/billing\"}"));

    assertThat(server.client().workspaces().subscription("wksp_1"))
        .isEqualTo(
            new Subscription("Pro", true, URI.create("https://console.prisma.io/1/billing")));
    assertThat(server.lines()).containsExactly("GET /v1/workspaces/wksp_1/subscription");
  }
}
