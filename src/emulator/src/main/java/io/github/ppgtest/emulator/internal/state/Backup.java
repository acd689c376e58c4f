package io.github.ppgtest.emulator.internal.state;

import java.time.Instant;

/**
 * A backup of a database, whole.
 *
 * @param databaseId the database it belongs to, and is deleted with
 * @param size in bytes
 */
public record Backup(long sequence, String id, Instant createdAt, String databaseId, long size)
    implements Resource {

  /** Returns its name in the engine. */
  public String engineName() {
    return id;
  }
}
