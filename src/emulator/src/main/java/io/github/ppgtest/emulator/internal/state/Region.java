package io.github.ppgtest.emulator.internal.state;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The regions of Prisma Postgres. */
public enum Region {
  US_EAST_1("us-east-1", "US East (N. Virginia)"),
  US_WEST_1("us-west-1", "US West (N. California)"),
  EU_WEST_3("eu-west-3", "Europe (Paris)"),
  EU_CENTRAL_1("eu-central-1", "Europe (Frankfurt)"),
  AP_NORTHEAST_1("ap-northeast-1", "Asia Pacific (Tokyo)"),
  AP_SOUTHEAST_1("ap-southeast-1", "Asia Pacific (Singapore)");

  /** The region of a database without a requested one. */
  public static final Region DEFAULT = US_EAST_1;

  private final String id;
  private final String displayName;

  Region(String id, String displayName) {
    this.id = id;
    this.displayName = displayName;
  }

  public String id() {
    return id;
  }

  public String displayName() {
    return displayName;
  }

  public static Optional<Region> of(String id) {
    return Arrays.stream(values()).filter(region -> region.id.equals(id)).findFirst();
  }

  /** Lists the ids of all, separated by commas. */
  public static String ids() {
    return Arrays.stream(values()).map(Region::id).collect(Collectors.joining(", "));
  }
}
