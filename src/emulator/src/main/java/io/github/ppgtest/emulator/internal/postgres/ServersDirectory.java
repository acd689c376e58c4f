package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.OwnDirectory;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parent of the servers' directories.
 *
 * @param path the directory
 * @param ours whether it was chosen here, and is removed by the last server that leaves it
 */
record ServersDirectory(Path path, boolean ours) {
  /** Less would be used up by a few databases: each takes 7 MB when it is empty. */
  private static final long ROOM_IN_MEMORY = 1L << 30;

  private static final int ATTEMPTS = 20;

  /** Where we are root, another user runs PostgreSQL in it. */
  private static final String PERMISSIONS = "rwxr-xr-x";

  /**
   * Finds the directory, which need not be there yet.
   *
   * @param configured where it is to be; null for memory where there is room, else the temporary
   *     directory
   */
  static ServersDirectory find(@Nullable Path configured, Platform platform) throws IOException {
    List<ServersDirectory> places = places(configured, platform);
    ServersDirectory inMemory = places.get(0);
    return places.size() > 1 && hasRoom(inMemory.path().getParent())
        ? inMemory
        : places.get(places.size() - 1);
  }

  /**
   * Lists all places where it can be: one that had room when a server started may have none now.
   */
  static List<ServersDirectory> all(@Nullable Path configured, Platform platform)
      throws IOException {
    List<ServersDirectory> all = new ArrayList<>();
    for (ServersDirectory place : places(configured, platform)) {
      for (Path path : place.ours ? OwnDirectory.shared(place.path) : List.of(place.path)) {
        all.add(new ServersDirectory(path, place.ours));
      }
    }
    return all;
  }

  private static List<ServersDirectory> places(@Nullable Path configured, Platform platform) {
    if (configured != null) {
      return List.of(new ServersDirectory(configured.toAbsolutePath(), false));
    }
    Path temporary =
        CacheDirectory.ownTemporary(System.getProperty("user.name", "unknown"), "data");
    ServersDirectory onDisk = new ServersDirectory(temporary.toAbsolutePath(), true);
    return platform.os() == Platform.Os.LINUX
        ? List.of(
            new ServersDirectory(Path.of("/dev/shm").resolve(temporary.getFileName()), true),
            onDisk)
        : List.of(onDisk);
  }

  private static boolean hasRoom(Path memory) throws IOException {
    if (!Files.isWritable(memory)) {
      return false;
    }
    FileStore store = Files.getFileStore(memory);
    return store.type().equals("tmpfs") && store.getUsableSpace() >= ROOM_IN_MEMORY;
  }

  /**
   * Creates the directory of a new server.
   *
   * @throws DatabaseEngineException if this one cannot be written to
   */
  InstanceDirectory create() {
    IOException failure = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        Path opened =
            ours
                ? OwnDirectory.openShared(path, PERMISSIONS)
                : OwnDirectory.open(path, PERMISSIONS);
        InstanceDirectory instance =
            InstanceDirectory.create(opened, new ServersDirectory(opened, ours));
        if (instance != null) {
          return instance;
        }
      } catch (NoSuchFileException e) {
        // The last server to leave has just removed it.
        failure = e;
      } catch (IOException e) {
        failure = e;
        break;
      }
    }
    throw new DatabaseEngineException(
        "Cannot use the directory for databases %s: %s. Name one that only you can write to with the setting ppgtest.data-dir."
            .formatted(path, failure == null ? "others delete it" : FileTree.reason(failure)),
        failure);
  }

  /**
   * Returns whether it exists, and is not another user's who has taken its name.
   *
   * @throws IOException if others could have put something into it
   */
  boolean isThere() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      OwnDirectory.open(path, PERMISSIONS);
      return true;
    } catch (OwnDirectory.OthersException e) {
      if (!ours) {
        throw e;
      }
      return false;
    }
  }

  /** Lists the locks of all servers in it, living and dead; none where it does not exist. */
  List<Path> lockFiles() throws IOException {
    if (!isThere()) {
      return List.of();
    }
    try (DirectoryStream<Path> lockFiles =
        Files.newDirectoryStream(path.toRealPath(), "*" + InstanceDirectory.LOCK)) {
      List<Path> files = new ArrayList<>();
      lockFiles.forEach(files::add);
      return files;
    } catch (NoSuchFileException e) {
      // Removed by the last server that left it.
      return List.of();
    }
  }

  /** Removes the directory if it is ours and no other server is in it. */
  void leave() throws IOException {
    if (ours) {
      try {
        Files.deleteIfExists(path);
      } catch (DirectoryNotEmptyException e) {
        // The last one will.
      }
    }
  }
}
