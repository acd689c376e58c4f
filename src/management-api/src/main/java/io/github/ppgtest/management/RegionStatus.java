package io.github.ppgtest.management;

/**
 * Whether a region takes new databases.
 *
 * @since 0.1.0
 */
public enum RegionStatus {
  /** Databases can be created there. */
  AVAILABLE,
  /** No databases can be created there now. */
  UNAVAILABLE,
  /** A status that this version of the client does not know. */
  UNKNOWN
}
