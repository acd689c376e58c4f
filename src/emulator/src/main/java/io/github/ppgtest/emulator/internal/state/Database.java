package io.github.ppgtest.emulator.internal.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A database of a project.
 *
 * @param firstConnectionId the connection made along with it, which may be deleted by now
 * @param work what the engine still has to do for this database
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
    EngineWork work)
    implements Resource {

  /** Returns the name that the engine knows it by. */
  public String engineName() {
    return id;
  }

  Database withStatus(DatabaseStatus newStatus) {
    return copy(name, newStatus, isDefault, source, logicalId);
  }

  Database withNames(String newName, @Nullable String newLogicalId) {
    return copy(newName, status, isDefault, source, newLogicalId);
  }

  Database withoutDefault() {
    return copy(name, status, false, source, logicalId);
  }

  Database recoveringFrom(DatabaseSource newSource) {
    return copy(name, DatabaseStatus.RECOVERING, isDefault, newSource, logicalId);
  }

  private Database copy(
      String newName,
      DatabaseStatus newStatus,
      boolean newIsDefault,
      DatabaseSource newSource,
      @Nullable String newLogicalId) {
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
        work);
  }
}
