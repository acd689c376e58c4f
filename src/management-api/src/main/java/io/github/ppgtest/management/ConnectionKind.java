package io.github.ppgtest.management;

/**
 * The kind of server at the other end of a connection.
 *
 * @since 0.1.0
 */
public enum ConnectionKind {
  /** PostgreSQL itself. */
  POSTGRES,
  /** Prisma Accelerate, which a PostgreSQL driver cannot talk to. */
  ACCELERATE,
  /** A kind that this version of the client does not know. */
  UNKNOWN
}
