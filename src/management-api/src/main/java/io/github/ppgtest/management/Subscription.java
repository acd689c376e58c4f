package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.net.URI;
import java.util.Objects;

/**
 * The subscription of a workspace. Immutable.
 *
 * @param planName the plan's name; never blank
 * @param usageBlocked whether the plan's limits keep the workspace from being used
 * @param upgradeUrl where a person can change the plan
 * @since 0.1.0
 */
public record Subscription(String planName, boolean usageBlocked, URI upgradeUrl) {
  /** Checks the parts. */
  public Subscription {
    Check.text(planName, "planName");
    Objects.requireNonNull(upgradeUrl, "upgradeUrl");
  }
}
