package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.ApiCall;
import io.github.ppgtest.management.internal.ApiClient;
import io.github.ppgtest.management.internal.Resources;
import java.util.List;

/**
 * The regions of Prisma Postgres. Safe for use by several threads at once.
 *
 * <pre>{@code
 * List<Region> open = api.regions().list().stream().filter(Region::available).toList();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Regions {
  private final ApiClient client;

  Regions(ApiClient client) {
    this.client = client;
  }

  /**
   * Lists the regions, those that take no databases now included.
   *
   * @return all of them; never null
   * @throws ManagementApiException if the call fails
   */
  public List<Region> list() {
    return client.unpaged(ApiCall.get("/v1/regions/postgres"), Resources::region).toList();
  }
}
