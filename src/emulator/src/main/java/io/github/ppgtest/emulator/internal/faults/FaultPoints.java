package io.github.ppgtest.emulator.internal.faults;

/** Where faults can be put into one emulator. */
public record FaultPoints(
    RequestFaults requests, ProvisioningFaults provisioning, RegionFaults regions) {

  public FaultPoints() {
    this(new RequestFaults(), new ProvisioningFaults(), new RegionFaults());
  }
}
