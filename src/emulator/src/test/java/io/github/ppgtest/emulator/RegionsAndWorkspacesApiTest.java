package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RegionsAndWorkspacesApiTest {
  private final TestEmulator emulator =
      new TestEmulator(
          builder -> builder.unavailableRegion("us-west-1").unavailableRegion("eu-west-3"));

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void regionsTellWhichAreAvailable() {
    Answer regions = emulator.get("/v1/regions/postgres");
    assertThat(regions.status()).isEqualTo(200);
    assertThat(
            regions
                .data()
                .valueStream()
                .map(r -> r.get("id").stringValue() + " " + r.get("status").stringValue()))
        .containsExactly(
            "us-east-1 available",
            "us-west-1 unavailable",
            "eu-west-3 unavailable",
            "eu-central-1 available",
            "ap-northeast-1 available",
            "ap-southeast-1 available");
  }

  @Test
  void regionsAreThoseOfAProduct() {
    assertThat(emulator.get("/v1/regions").data()).hasSize(6);
    Answer postgres = emulator.get("/v1/regions?product=postgres");
    assertThat(postgres.data()).hasSize(6);
    assertThat(postgres.data("/0/product")).isEqualTo("postgres");
    assertThat(emulator.get("/v1/regions?product=accelerate").data()).isEmpty();
    Answer refused = emulator.get("/v1/regions?product=bread");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message())
        .isEqualTo("product: must be postgres or accelerate, not \"bread\".");
  }

  @Test
  void thereIsOneWorkspace() {
    Answer list = emulator.get("/v1/workspaces");
    assertThat(list.data()).hasSize(1);
    String id = list.data("/0/id");
    assertThat(id).matches("wksp_[a-z0-9]{25}");
    assertThat(emulator.get("/v1/workspaces/" + id).data()).isEqualTo(list.data().get(0));
    Answer other = emulator.get("/v1/workspaces/wksp_other");
    assertThat(other.status()).isEqualTo(404);
    assertThat(other.message()).isEqualTo("Workspace \"wksp_other\" was not found.");
  }

  @Test
  void theSubscriptionBlocksNothing() {
    String id = emulator.get("/v1/workspaces").data("/0/id");
    Answer subscription = emulator.get("/v1/workspaces/" + id + "/subscription");
    assertThat(subscription.status()).isEqualTo(200);
    assertThat(subscription.data("/planName")).isEqualTo("Emulator");
    assertThat(subscription.data().get("usageBlocked").booleanValue()).isFalse();
    assertThat(subscription.data("/upgradeUrl")).startsWith("https://");
    assertThat(emulator.get("/v1/workspaces/wksp_other/subscription").status()).isEqualTo(404);
  }

  @Test
  void theTokenStandsForTheWorkspaceAndNoUser() {
    Answer me = emulator.get("/v1/me");
    assertThat(me.status()).isEqualTo(200);
    assertThat(me.data().get("user").isNull()).isTrue();
    assertThat(me.data("/workspace/id")).isEqualTo(emulator.get("/v1/workspaces").data("/0/id"));
    assertThat(me.data("/credential/type")).isEqualTo("service_token");
    assertThat(me.text()).doesNotContain(emulator.emulator.serviceToken());
  }
}
