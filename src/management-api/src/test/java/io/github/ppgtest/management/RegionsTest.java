package io.github.ppgtest.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class RegionsTest {
  @AutoClose private final ScriptedApi server = new ScriptedApi();

  @Test
  void listsTheRegionsOfPrismaPostgres() {
    server.then(
        200,
        Answers.data(
            "["
                + Answers.region("us-east-1", "available")
                + ","
                + Answers.region("eu-west-3", "unavailable")
                + ","
                + Answers.region("mars-1", "terraforming")
                + "]"));

    assertThat(server.client().regions().list())
        .containsExactly(
            new Region("us-east-1", "Region us-east-1", RegionStatus.AVAILABLE),
            new Region("eu-west-3", "Region eu-west-3", RegionStatus.UNAVAILABLE),
            new Region("mars-1", "Region mars-1", RegionStatus.UNKNOWN))
        .filteredOn(Region::available)
        .extracting(Region::id)
        .containsExactly("us-east-1");
    assertThat(server.lines()).containsExactly("GET /v1/regions/postgres");
  }

  @Test
  void sendsTheTokenAndNoBody() {
    server.then(200, Answers.data("[]"));

    server.client().regions().list();

    assertThat(server.received())
        .containsExactly(
            new ScriptedApi.Received(
                "GET", "/v1/regions/postgres", "Bearer " + ScriptedApi.TOKEN, null, ""));
  }
}
