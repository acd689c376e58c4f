package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what servers left behind whose JVM was killed: processes and directories. */
public final class Sweep {
  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  /** Longer than anybody needs to try whether he may write. */
  private static final Duration PROBING = Duration.ofMinutes(1);

  private Sweep() {}

  /**
   * Removes everything whose owner is dead, and nothing that is in use.
   *
   * @param dataDirectory where the servers' directories are; null for wherever they are when nobody
   *     says where
   * @throws IOException if something could not be removed; the rest is
   */
  public static void abandoned(@Nullable Path dataDirectory) throws IOException {
    List<Exception> failures = new ArrayList<>();
    for (ServersDirectory parent : ServersDirectory.all(dataDirectory, Platform.current())) {
      abandoned(parent, failures);
    }
    refuse(failures);
  }

  /**
   * Removes the server on a port, kept or not, if its owner is dead.
   *
   * @param dataDirectory as {@link #abandoned} takes it
   * @return whether there was one
   * @throws IOException if it could not be removed
   */
  public static boolean listening(@Nullable Path dataDirectory, int port) throws IOException {
    boolean found = false;
    for (ServersDirectory parent : ServersDirectory.all(dataDirectory, Platform.current())) {
      List<Exception> failures = new ArrayList<>();
      synchronized (lock(parent)) {
        for (Path lockFile : parent.lockFiles()) {
          InstanceDirectory instance =
              InstanceDirectory.claim(parent, lockFile, one -> isOn(port, one));
          if (instance != null) {
            found = true;
            remove(instance, failures);
          }
        }
      }
      refuse(failures);
    }
    return found;
  }

  private static boolean isOn(int port, InstanceDirectory instance) throws IOException {
    PostmasterPid server = PostmasterPid.read(instance.data());
    return server != null && server.port() == port;
  }

  /**
   * One thread at a time: a process that tries twice for a lock loses it. An interned string is the
   * same object for all class loaders.
   */
  private static Object lock(ServersDirectory parent) {
    return ("io.github.ppgtest:sweep:" + parent.path()).intern();
  }

  private static void refuse(List<Exception> failures) throws IOException {
    if (!failures.isEmpty()) {
      IOException failure = new IOException(failures.get(0).getMessage(), failures.get(0));
      failures.subList(1, failures.size()).forEach(failure::addSuppressed);
      throw failure;
    }
  }

  private static void abandoned(ServersDirectory parent, List<Exception> failures) {
    synchronized (lock(parent)) {
      try {
        for (Path lockFile : parent.lockFiles()) {
          InstanceDirectory instance = InstanceDirectory.claim(parent, lockFile);
          if (instance != null) {
            remove(instance, failures);
          }
        }
        FileTree.deleteProbes(parent.path(), Instant.now().minus(PROBING));
        parent.leave();
      } catch (IOException e) {
        failures.add(e);
      }
    }
  }

  private static void remove(InstanceDirectory instance, List<Exception> failures) {
    try {
      ServerProcess.end(instance.data());
      FileTree.delete(instance.path());
      // One that was just starting may not have been seen; from now on, none can start.
      ServerProcess.end(instance.data());
      instance.close();
      log.info("Removed {}, left by a process that was killed", instance.path());
    } catch (IOException | RuntimeException e) {
      instance.release();
      failures.add(
          new IOException(
              "Could not remove %s, left by a process that was killed: %s"
                  .formatted(instance.path(), e.getMessage()),
              e));
    }
  }
}
