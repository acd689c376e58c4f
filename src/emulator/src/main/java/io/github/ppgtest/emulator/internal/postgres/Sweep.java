package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what servers left behind whose JVM was killed: processes and directories. */
final class Sweep {
  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  private Sweep() {}

  /** Removes everything below {@code parent} whose owner is dead, and nothing that is in use. */
  static void abandoned(ServersDirectory parent, PostgresBinaries binaries, UnprivilegedUser user)
      throws IOException {
    for (InstanceDirectory instance : parent.claimAbandoned()) {
      try {
        ServerProcess.end(binaries, user, instance.data());
        instance.close();
        log.info("Removed {}, left by a process that was killed", instance.path());
      } catch (IOException | UncheckedIOException | DatabaseEngineException e) {
        log.warn("Could not remove {}, left by a process that was killed", instance.path(), e);
      }
    }
  }
}
