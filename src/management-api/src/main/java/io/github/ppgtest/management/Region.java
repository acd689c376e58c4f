package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.util.Objects;

/**
 * A region of Prisma Postgres. Immutable.
 *
 * @param id the id in requests, for example {@code us-east-1}; never blank
 * @param name the display name; may be empty
 * @param status whether databases can be created there now
 * @since 0.1.0
 */
public record Region(String id, String name, RegionStatus status) {
  /** Checks the parts. */
  public Region {
    Check.text(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(status, "status");
  }

  /**
   * Returns whether databases can be created in this region now.
   *
   * @return true for {@link RegionStatus#AVAILABLE} only
   */
  public boolean available() {
    return status == RegionStatus.AVAILABLE;
  }
}
