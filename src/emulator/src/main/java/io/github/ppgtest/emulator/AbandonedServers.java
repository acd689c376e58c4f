package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.postgres.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Removes what emulators leave behind whose JVM was killed: PostgreSQL, which goes on running, and
 * its directory. Each emulator that starts does the same behind its start. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AbandonedServers {
  private AbandonedServers() {}

  /**
   * Ends the servers whose JVM is dead and deletes their directories. Servers of living JVMs, this
   * one's too, and directories of others are left alone. Waits for a server that is ending, 10
   * seconds at most, and for nothing else. Where nothing is left behind, nothing happens.
   *
   * @param dataDirectory what the emulators were told as {@link
   *     PrismaPostgresEmulator.Builder#dataDirectory}; null where they were told nothing
   * @throws IOException if something could not be removed, saying what and why; whatever else there
   *     is has been removed
   */
  public static void remove(@Nullable Path dataDirectory) throws IOException {
    Sweep.abandoned(dataDirectory);
  }

  /**
   * Does the same, and makes sure that no server of one process is left but those that are
   * {@linkplain PrismaPostgresEmulator#keep kept}. Waits up to 10 seconds for another process that
   * is at it.
   *
   * @param dataDirectory as {@link #remove(Path)} takes it
   * @param pid the number of the process, which has ended
   * @param startedAt when it started, as {@link ProcessHandle.Info#startInstant} tells; null where
   *     that does not
   * @throws IOException if a server is left, saying where and why
   */
  public static void remove(@Nullable Path dataDirectory, long pid, @Nullable Instant startedAt)
      throws IOException {
    Sweep.abandoned(dataDirectory, pid, startedAt);
  }

  /**
   * Ends one server before its time whose databases were to be {@linkplain
   * PrismaPostgresEmulator#keep kept}, and deletes its directory. A server of a living JVM is left
   * alone.
   *
   * @param dataDirectory as {@link #remove} takes it
   * @param port the port at which its databases are reached
   * @return whether there was such a server
   * @throws IOException if it could not be removed, saying what and why
   */
  public static boolean end(@Nullable Path dataDirectory, int port) throws IOException {
    return Sweep.listening(dataDirectory, port);
  }
}
