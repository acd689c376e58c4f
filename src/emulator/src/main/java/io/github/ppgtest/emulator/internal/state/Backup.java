package io.github.ppgtest.emulator.internal.state;

import java.time.Instant;

/**
 * A backup of a database, whole.
 *
 * @param databaseId the database it belongs to, with which it goes
 * @param size in bytes
 */
public record Backup(long sequence, String id, Instant createdAt, String databaseId, long size)
    implements Resource {

  /** Returns the name that the engine knows it by. */
  public String engineName() {
    return id;
  }
}
