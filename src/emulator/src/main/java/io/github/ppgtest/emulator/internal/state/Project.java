package io.github.ppgtest.emulator.internal.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A project and its only branch.
 *
 * @param defaultRegion the requested region of the project; null where none was requested
 * @param branchId the branch that every database of the project belongs to
 */
public record Project(
    long sequence,
    String id,
    String name,
    @Nullable String logicalId,
    Instant createdAt,
    @Nullable Region defaultRegion,
    String branchId)
    implements Resource {

  Project renamed(String newName) {
    return new Project(sequence, id, newName, logicalId, createdAt, defaultRegion, branchId);
  }
}
