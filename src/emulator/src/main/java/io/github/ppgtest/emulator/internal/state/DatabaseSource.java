package io.github.ppgtest.emulator.internal.state;

import org.jspecify.annotations.Nullable;

/**
 * What a database was made from, or was last restored from.
 *
 * @param type the word that the API has for it
 * @param databaseId the database it was copied from, or whose backup it was; null for an empty one
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
