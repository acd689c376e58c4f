package io.github.ppgtest.management;

/**
 * The status of a database.
 *
 * @since 0.1.0
 */
public enum DatabaseStatus {
  /** It is being created and takes no connections yet. */
  PROVISIONING,
  /** It takes connections. */
  READY,
  /** It could not be created. */
  FAILURE,
  /** It is being restored from a backup. */
  RECOVERING,
  /** A status that this version of the client does not know. */
  UNKNOWN
}
