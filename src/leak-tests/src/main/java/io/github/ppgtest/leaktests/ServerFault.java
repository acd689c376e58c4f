package io.github.ppgtest.leaktests;

import io.github.ppgtest.Provider;
import java.util.List;
import java.util.stream.Stream;

/** What goes wrong with the server of a victim's databases, which its JVM may outlive. */
enum ServerFault {
  NONE,
  /** {@code kill -9} of PostgreSQL's main process. */
  POSTMASTER_KILLED,
  /** {@code kill -9} of a session's process. */
  BACKEND_KILLED,
  /** {@code kill -9} of the Node.js process that is the host of {@code prisma dev}. */
  HOST_KILLED,
  /** The file system of the data directory is full for a while. */
  DISK_FULL,
  /** The control file of the prepared cluster is too short. */
  CONTROL_FILE_TRUNCATED,
  /** PostgreSQL's libraries are missing in the cache. */
  LIBRARIES_MISSING;

  /**
   * Lists those that can happen here.
   *
   * @param dev whether there is what provider DEV needs
   * @param mounts whether file systems can be mounted
   */
  static List<ServerFault> possible(boolean dev, boolean mounts) {
    return Stream.of(values())
        .filter(fault -> fault != NONE)
        .filter(fault -> dev || fault != HOST_KILLED)
        .filter(fault -> mounts || fault != DISK_FULL)
        .toList();
  }

  Provider provider() {
    return this == HOST_KILLED ? Provider.DEV : Provider.EMBEDDED;
  }

  boolean isOfCache() {
    return this == CONTROL_FILE_TRUNCATED || this == LIBRARIES_MISSING;
  }

  /** Whether a server is lost with it. */
  boolean endsServer() {
    return this != NONE && this != DISK_FULL;
  }
}
