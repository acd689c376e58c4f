package io.github.ppgtest.management;

/**
 * How far a database is.
 *
 * @since 0.1.0
 */
public enum DatabaseStatus {
  /** It is being made and takes no connections yet. */
  PROVISIONING,
  /** It takes connections. */
  READY,
  /** It could not be made. */
  FAILURE,
  /** It is being restored from a backup. */
  RECOVERING,
  /** A status that this version of the client does not know. */
  UNKNOWN
}
