package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A backup of a database, which Prisma makes by itself. Immutable.
 *
 * @param id the id; never blank
 * @param type the part of the database that it holds
 * @param createdAt when it was made
 * @param size its size, or null where the API does not say
 * @param status the status; only a completed one can be restored
 * @since 0.1.0
 */
public record Backup(
    String id, BackupType type, Instant createdAt, @Nullable Long size, BackupStatus status) {
  /** Checks the parts. */
  public Backup {
    Check.text(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(status, "status");
  }
}
