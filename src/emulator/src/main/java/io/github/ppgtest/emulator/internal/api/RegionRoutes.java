package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.http.ApiError;
import io.github.ppgtest.emulator.internal.http.Request;
import io.github.ppgtest.emulator.internal.http.Response;
import io.github.ppgtest.emulator.internal.http.Router;
import io.github.ppgtest.emulator.internal.state.Region;
import java.util.Arrays;
import java.util.List;

/** {@code /v1/regions}. */
final class RegionRoutes {
  private static final String POSTGRES = "postgres";
  private static final String ACCELERATE = "accelerate";

  private final RegionCatalog regions;

  RegionRoutes(RegionCatalog regions) {
    this.regions = regions;
  }

  void addTo(Router router) {
    router.get("/v1/regions", this::list).get("/v1/regions/postgres", this::listPostgres);
  }

  /** There is no Accelerate here, and so no region for it. */
  private Response list(Request request) {
    String product = request.query("product").orElse(POSTGRES);
    if (!product.equals(POSTGRES) && !product.equals(ACCELERATE)) {
      throw ApiError.invalid(
          ApiError.UNPROCESSABLE,
          "product",
          "must be postgres or accelerate, not " + ApiError.quote(product) + ".");
    }
    return Response.data(
        200,
        product.equals(ACCELERATE)
            ? List.of()
            : Arrays.stream(Region.values())
                .map(
                    region ->
                        new ProductRegionJson(
                            region.id(), "region", region.displayName(), POSTGRES, status(region)))
                .toList());
  }

  Response listPostgres(Request request) {
    return Response.data(
        200,
        Arrays.stream(Region.values())
            .map(
                region ->
                    new RegionJson(region.id(), "region", region.displayName(), status(region)))
            .toList());
  }

  private String status(Region region) {
    return regions.isAvailable(region) ? "available" : "unavailable";
  }

  private record RegionJson(String id, String type, String name, String status) {}

  private record ProductRegionJson(
      String id, String type, String name, String product, String status) {}
}
