package io.github.ppgtest.emulator.internal.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A database of a project.
 *
 * @param firstConnectionId the connection made along with it, which may be deleted by now
 * @param failure the reason of a failure; null where there is none, or a test injected it
 * @param work the engine's pending steps for this database
 */
public record Database(
    long sequence,
    String id,
    String name,
    DatabaseStatus status,
    Instant createdAt,
    boolean isDefault,
    String firstConnectionId,
    String projectId,
    Region region,
    DatabaseSource source,
    String branchId,
    @Nullable String logicalId,
    @Nullable String failure,
    DatabaseTask work)
    implements Resource {

  /** Returns its name in the engine. */
  public String engineName() {
    return id;
  }

  Database withStatus(DatabaseStatus newStatus) {
    return copy(name, newStatus, isDefault, source, logicalId, failure);
  }

  /** Returns the database with a status that it has reached; a failure stays one. */
  Database become(DatabaseStatus reached) {
    return failure == null ? withStatus(reached) : this;
  }

  Database failed(String reason) {
    return failure == null
        ? copy(name, DatabaseStatus.FAILURE, isDefault, source, logicalId, reason)
        : this;
  }

  Database withNames(String newName, @Nullable String newLogicalId) {
    return copy(newName, status, isDefault, source, newLogicalId, failure);
  }

  Database withoutDefault() {
    return copy(name, status, false, source, logicalId, failure);
  }

  Database recoveringFrom(DatabaseSource newSource) {
    return copy(name, DatabaseStatus.RECOVERING, isDefault, newSource, logicalId, failure);
  }

  private Database copy(
      String newName,
      DatabaseStatus newStatus,
      boolean newIsDefault,
      DatabaseSource newSource,
      @Nullable String newLogicalId,
      @Nullable String newFailure) {
    return new Database(
        sequence,
        id,
        newName,
        newStatus,
        createdAt,
        newIsDefault,
        firstConnectionId,
        projectId,
        region,
        newSource,
        branchId,
        newLogicalId,
        newFailure,
        work);
  }
}
