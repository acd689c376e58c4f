package io.github.ppgtest.emulator;

import io.github.ppgtest.emulator.internal.postgres.CacheDirectory;
import io.github.ppgtest.emulator.internal.postgres.DatabaseEngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cache of directories that are prepared once per machine and shared by all JVMs of a user,
 * beside the emulator's own. An entry is whole from the moment it can be seen: it is prepared under
 * another name and then renamed. Thread-safe.
 *
 * <pre>{@code
 * MachineCache cache = MachineCache.open(null, "tools", Duration.ofMinutes(5), () -> {});
 * Path tool = cache.entry("tool-1.0", directory -> true, directory -> download(directory));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class MachineCache {

  /**
   * Fills an entry's directory.
   *
   * @since 0.1.0
   */
  public interface Preparation {
    /**
     * Fills a directory that exists and is empty.
     *
     * @throws IOException if it cannot; nothing of the entry is then kept
     */
    void prepare(Path directory) throws IOException;
  }

  /**
   * Checks that an entry is as it was prepared.
   *
   * @since 0.1.0
   */
  public interface Check {
    /**
     * Returns whether an existing directory still has everything.
     *
     * @throws IOException if that cannot be read
     */
    boolean isWhole(Path directory) throws IOException;
  }

  private final CacheDirectory directory;

  private MachineCache(CacheDirectory directory) {
    this.directory = directory;
  }

  /**
   * Opens a part of the cache, and makes its directory unless it exists. Its entries are prepared
   * one at a time.
   *
   * @param directory where the cache is to be; null for the first that can be written of the user's
   *     cache directory and one below the temporary directory
   * @param part the name of the part, which is a directory's
   * @param patience how long a request for an entry waits for other processes
   * @param waiting is run before a wait for another process
   * @throws IOException if the directory cannot be written to, or belongs to another user
   */
  public static MachineCache open(
      @Nullable Path directory, String part, Duration patience, Runnable waiting)
      throws IOException {
    try {
      return new MachineCache(CacheDirectory.open(directory).part(part, patience, waiting));
    } catch (DatabaseEngineException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Finds an entry that is whole, without waiting; empty where there is none.
   *
   * @throws IOException what the check throws
   */
  public Optional<Path> find(String name, Check check) throws IOException {
    return directory.find(name, check::isWhole);
  }

  /**
   * Finds an entry, or prepares it: once for all threads and processes that ask at the same time.
   * One that is not whole is prepared anew. What a killed process left half done is deleted.
   *
   * @param name the name of the entry, which is a directory's
   * @throws IOException what the preparation throws, or when other processes take longer than the
   *     patience
   */
  public Path entry(String name, Check check, Preparation preparation) throws IOException {
    try {
      return directory.entry(name, check::isWhole, preparation::prepare);
    } catch (DatabaseEngineException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
