package io.github.ppgtest.management;

import io.github.ppgtest.management.internal.Check;

/**
 * The source that a database is created from, or was last restored from. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface DatabaseSource {
  /**
   * Nothing: the database began empty.
   *
   * @since 0.1.0
   */
  record Empty() implements DatabaseSource {}

  /**
   * Another database, which it is a clone of.
   *
   * @param databaseId the other's id, {@code db_…}; never blank
   * @since 0.1.0
   */
  record OfDatabase(String databaseId) implements DatabaseSource {
    /** Checks the part. */
    public OfDatabase {
      Check.text(databaseId, "databaseId");
    }
  }

  /**
   * A backup.
   *
   * @param databaseId the database the backup belongs to, {@code db_…}; never blank
   * @param backupId the backup's id; never blank
   * @since 0.1.0
   */
  record OfBackup(String databaseId, String backupId) implements DatabaseSource {
    /** Checks the parts. */
    public OfBackup {
      Check.text(databaseId, "databaseId");
      Check.text(backupId, "backupId");
    }
  }

  /**
   * A source that this version of the client does not know; nothing can be created from it.
   *
   * @param type the API's word for it; never blank
   * @since 0.1.0
   */
  record Unknown(String type) implements DatabaseSource {
    /** Checks the part. */
    public Unknown {
      Check.text(type, "type");
    }
  }
}
