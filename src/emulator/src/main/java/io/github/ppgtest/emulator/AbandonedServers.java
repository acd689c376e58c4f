package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.postgres.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Removes the PostgreSQL servers and directories that emulators of killed JVMs leave behind. Each
 * emulator does the same in the background after its start. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AbandonedServers {
  private AbandonedServers() {}

  /**
   * Ends the servers of dead JVMs and deletes their directories. Servers of living JVMs, this one
   * included, and directories of others stay. Waits for a server that is ending, 10 seconds at
   * most, and for nothing else.
   *
   * @param dataDirectory the emulators' {@link PrismaPostgresEmulator.Builder#dataDirectory}; null
   *     for the default
   * @throws IOException if something could not be removed, saying what and why; the rest has been
   *     removed
   */
  public static void remove(@Nullable Path dataDirectory) throws IOException {
    Sweep.abandoned(dataDirectory);
  }

  /**
   * Does the same, and makes sure that one process has no servers left but the {@linkplain
   * PrismaPostgresEmulator#keep kept}. Waits up to 10 seconds for another process that removes
   * them.
   *
   * @param dataDirectory as {@link #remove(Path)} takes it
   * @param pid the number of the process, which has ended
   * @param startedAt when it started, by {@link ProcessHandle.Info#startInstant}; null where that
   *     is unknown
   * @throws IOException if a server is left, saying where and why
   */
  public static void remove(@Nullable Path dataDirectory, long pid, @Nullable Instant startedAt)
      throws IOException {
    Sweep.abandoned(dataDirectory, pid, startedAt);
  }

  /**
   * Ends a server of {@linkplain PrismaPostgresEmulator#keep kept} databases before their time, and
   * deletes its directory. A server of a living JVM is left alone.
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
