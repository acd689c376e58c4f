package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.OwnDirectory;
import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Removes the processes and directories of servers with killed JVMs. */
public final class Sweep {
  private static final UserLog log = UserLog.of(Sweep.class.getName());

  /** How long another process may take to remove the same. */
  private static final Duration AT_IT = Duration.ofSeconds(10);

  private Sweep() {}

  /**
   * Removes all servers of dead owners, and nothing that is in use.
   *
   * @param dataDirectory where the servers' directories are; null for the default places
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
   * Removes all servers of dead owners, and makes sure that one process has only kept ones left.
   *
   * @param dataDirectory as {@link #abandoned(Path)} takes it
   * @param pid the number of the process, which is dead
   * @param startedAt when it started
   * @throws IOException if something could not be removed
   */
  public static void abandoned(@Nullable Path dataDirectory, long pid, @Nullable Instant startedAt)
      throws IOException {
    abandoned(dataDirectory);
    try {
      Awaitility.with()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(50))
          .atMost(AT_IT)
          .until(() -> left(dataDirectory, pid, startedAt).isEmpty());
    } catch (ConditionTimeoutException e) {
      // Where the other process has only tried the lock, it is free now.
      abandoned(dataDirectory);
      List<Path> left = left(dataDirectory, pid, startedAt);
      if (!left.isEmpty()) {
        throw new IOException(
            "The server of %s, which has ended, may still run: another process holds the lock %s. End that process; the next start of ppgtest tries again."
                .formatted("process " + pid, left.get(0)),
            e);
      }
    }
  }

  private static List<Path> left(
      @Nullable Path dataDirectory, long pid, @Nullable Instant startedAt) throws IOException {
    List<Path> left = new ArrayList<>();
    for (ServersDirectory parent : ServersDirectory.all(dataDirectory, Platform.current())) {
      for (Path lockFile : parent.lockFiles()) {
        if (InstanceDirectory.isLeft(lockFile, pid, startedAt)) {
          left.add(lockFile);
        }
      }
    }
    return left;
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
        if (parent.isThere()) {
          OwnDirectory.deleteProbes(parent.path(), Instant.now());
          parent.leave();
        }
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
