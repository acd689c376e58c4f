package io.github.ppgtest.emulator.internal.faults;

/** The injection points of one emulator. */
public record FaultPoints(
    RequestFaults requests, ProvisioningFaults provisioning, RegionFaults regions) {

  public FaultPoints() {
    this(new RequestFaults(), new ProvisioningFaults(), new RegionFaults());
  }
}
