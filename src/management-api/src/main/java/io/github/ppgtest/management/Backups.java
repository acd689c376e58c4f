package io.github.ppgtest.management;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The backups of a database, up to the requested number. Immutable. There is no next page: the API
 * has no cursor for backups, so that more come only with a higher limit.
 *
 * @param items the backups, in the order of the API; may be empty
 * @param retentionDays for how many days the workspace's plan keeps a backup
 * @param hasMore whether there are more than these
 * @param limit the most that were shown, or null where the API set no limit
 * @since 0.1.0
 */
public record Backups(
    List<Backup> items, int retentionDays, boolean hasMore, @Nullable Integer limit) {
  /** Checks the parts and copies the list. */
  public Backups {
    items = List.copyOf(items);
    if (retentionDays < 0) {
      throw new IllegalArgumentException("retentionDays must be 0 or more but is " + retentionDays);
    }
  }
}
