package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is prepared once per machine and then shared by all JVMs of a user. An entry is a directory
 * that is complete from the moment it can be seen, and never changes.
 */
final class CacheDirectory {

  /** Fills an entry's directory, which exists and is empty. */
  interface Preparation {
    void prepare(Path directory) throws IOException;
  }

  private final Path root;

  private CacheDirectory(Path root) {
    this.root = root;
  }

  /**
   * Opens the cache.
   *
   * @param configured where it is to be; null for the first that can be written of the user's cache
   *     directory and the temporary directory
   */
  static CacheDirectory open(
      @Nullable Path configured, Platform platform, UnaryOperator<@Nullable String> environment) {
    List<Path> candidates =
        configured != null ? List.of(configured) : defaultPlaces(platform, environment);
    IOException failure = null;
    for (Path candidate : candidates) {
      try {
        return new CacheDirectory(FileTree.openOwn(candidate.toAbsolutePath()));
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    throw new DatabaseEngineException(
        "Cannot write to the cache directory, tried "
            + candidates
            + ". Name one that can be written with the setting ppgtest.cache-dir.",
        failure);
  }

  Path root() {
    return root;
  }

  /** Finds an entry, or prepares it; done once, however many ask for it at once. */
  Path entry(String name, Preparation preparation) throws IOException {
    Path entry = root.resolve(name);
    if (Files.isDirectory(entry)) {
      return entry;
    }
    return FileMutex.holding(
        root.resolve(name + ".lock"),
        () -> Files.isDirectory(entry) ? entry : prepare(entry, preparation));
  }

  private static Path prepare(Path entry, Preparation preparation) throws IOException {
    Path halfDone = entry.resolveSibling(entry.getFileName() + ".half-done");
    // Left by a process that died while it prepared this: we hold the lock, so it is no more.
    FileTree.delete(halfDone);
    FileTree.createDirectory(halfDone, "rwxr-xr-x");
    preparation.prepare(halfDone);
    return Files.move(halfDone, entry, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<Path> defaultPlaces(
      Platform platform, UnaryOperator<@Nullable String> environment) {
    List<Path> places = new ArrayList<>();
    String user = System.getProperty("user.name", "unknown");
    Path home = Path.of(System.getProperty("user.home", "."));
    switch (platform.os()) {
      case LINUX -> {
        String xdg = environment.apply("XDG_CACHE_HOME");
        if (user.equals("root")) {
          // Root's home is closed to the user that PostgreSQL runs as.
          places.add(Path.of("/var/cache/ppgtest"));
        } else if (xdg != null && Path.of(xdg).isAbsolute()) {
          places.add(Path.of(xdg, "ppgtest"));
        } else if (home.isAbsolute()) {
          places.add(home.resolve(".cache/ppgtest"));
        }
      }
      case MACOS -> places.add(home.resolve("Library/Caches/ppgtest"));
      case WINDOWS -> {
        String local = environment.apply("LOCALAPPDATA");
        places.add(
            (local != null ? Path.of(local) : home.resolve("AppData/Local")).resolve("ppgtest"));
      }
    }
    places.add(ownTemporary(user, "cache"));
    return places;
  }

  /** A directory of this user's below the temporary one, which everybody shares. */
  static Path ownTemporary(String user, String suffix) {
    return Path.of(System.getProperty("java.io.tmpdir"))
        .resolve("ppgtest-" + user.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + suffix);
  }
}
