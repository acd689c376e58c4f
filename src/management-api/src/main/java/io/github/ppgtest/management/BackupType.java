package io.github.ppgtest.management;

/**
 * How much of a database a backup holds by itself.
 *
 * @since 0.1.0
 */
public enum BackupType {
  /** All of it. */
  FULL,
  /** What changed since the backup before. */
  INCREMENTAL,
  /** What changed since the last full backup. */
  DIFFERENTIAL,
  /** A type that this version of the client does not know. */
  UNKNOWN
}
