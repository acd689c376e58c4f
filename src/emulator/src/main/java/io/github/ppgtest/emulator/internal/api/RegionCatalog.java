package io.github.ppgtest.emulator.internal.api;

import io.github.ppgtest.emulator.internal.faults.RegionFaults;
import io.github.ppgtest.emulator.internal.http.RequestBody;
import io.github.ppgtest.emulator.internal.state.Region;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The regions that take databases, and the reader of a request's region. */
public final class RegionCatalog {
  private final RegionFaults faults;

  public RegionCatalog(RegionFaults faults) {
    this.faults = faults;
  }

  boolean isAvailable(Region region) {
    return !faults.isUnavailable(region);
  }

  /** Reads the region out of a body; empty where it is absent. */
  Optional<Region> read(RequestBody body) {
    return body.text("region")
        .map(
            id ->
                Region.of(id)
                    .orElseThrow(
                        () ->
                            body.invalid(
                                "region",
                                "there is no region \"%s\"; available are %s."
                                    .formatted(id, available()))));
  }

  /** Refuses a region that takes no databases now. */
  Region requireAvailable(Region region, RequestBody body) {
    if (isAvailable(region)) {
      return region;
    }
    // Asked first: the fault may strike for the last time.
    String available = available();
    if (faults.strike(region)) {
      throw body.invalid(
          "region",
          "%s is unavailable at the moment; available are %s.".formatted(region.id(), available));
    }
    return region;
  }

  private String available() {
    return Arrays.stream(Region.values())
        .filter(this::isAvailable)
        .map(Region::id)
        .collect(Collectors.joining(", "));
  }
}
