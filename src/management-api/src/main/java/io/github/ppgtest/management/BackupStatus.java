package io.github.ppgtest.management;

/**
 * The status of a backup.
 *
 * @since 0.1.0
 */
public enum BackupStatus {
  /** It is being made. */
  RUNNING,
  /** It can be restored. */
  COMPLETED,
  /** It could not be made. */
  FAILED,
  /** The API does not know, or has a status that this version of the client does not know. */
  UNKNOWN
}
