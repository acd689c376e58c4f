package io.github.ppgtest.management;

/**
 * The part of a database that a backup holds.
 *
 * @since 0.1.0
 */
public enum BackupType {
  /** The whole database. */
  FULL,
  /** The changes since the backup before. */
  INCREMENTAL,
  /** The changes since the last full backup. */
  DIFFERENTIAL,
  /** A type that this version of the client does not know. */
  UNKNOWN
}
