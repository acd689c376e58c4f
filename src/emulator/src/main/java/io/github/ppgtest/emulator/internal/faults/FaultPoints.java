package io.github.ppgtest.emulator.internal.faults;

/** The injection points of one emulator. */
public record FaultPoints(
    RequestFaultInterceptor requests, ProvisioningFaults provisioning, RegionFaults regions) {

  public FaultPoints() {
    this(new RequestFaultInterceptor(), new ProvisioningFaults(), new RegionFaults());
  }
}
