package io.github.ppgtest.emulator.internal.state;

import org.jspecify.annotations.Nullable;

/**
 * The source that a database was created or last restored from.
 *
 * @param type the API's word for it
 * @param databaseId the database that was copied, or had the backup; null for an empty one
 * @param backupId null unless it was a backup
 */
public record DatabaseSource(String type, @Nullable String databaseId, @Nullable String backupId) {
  public static final DatabaseSource EMPTY = new DatabaseSource("empty", null, null);

  public static DatabaseSource database(String databaseId) {
    return new DatabaseSource("database", databaseId, null);
  }

  public static DatabaseSource backup(String databaseId, String backupId) {
    return new DatabaseSource("backup", databaseId, backupId);
  }
}
