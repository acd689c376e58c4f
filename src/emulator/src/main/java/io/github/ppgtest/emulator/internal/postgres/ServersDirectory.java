package io.github.ppgtest.emulator.internal.postgres;

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
 * Where the directories of servers are.
 *
 * @param path the directory
 * @param ours whether it was chosen here, and is removed by the last server that leaves it
 */
record ServersDirectory(Path path, boolean ours) {
  /** Less would be used up by a few databases: each takes 7 MB when it is empty. */
  private static final long ROOM_IN_MEMORY = 1L << 30;

  private static final int ATTEMPTS = 20;

  /**
   * Finds the directory, which need not be there yet.
   *
   * @param configured where it is to be; null for memory where there is room, else the temporary
   *     directory
   */
  static ServersDirectory find(@Nullable Path configured, Platform platform) throws IOException {
    List<ServersDirectory> places = all(configured, platform);
    ServersDirectory inMemory = places.get(0);
    return places.size() > 1 && hasRoom(inMemory.path().getParent())
        ? inMemory
        : places.get(places.size() - 1);
  }

  /** Lists where it can be: what had room when a server started may have none any more. */
  static List<ServersDirectory> all(@Nullable Path configured, Platform platform) {
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
        InstanceDirectory instance = InstanceDirectory.create(FileTree.openOwn(path), this);
        if (instance != null) {
          return instance;
        }
      } catch (NoSuchFileException e) {
        // Whoever was the last to leave has just removed it.
        failure = e;
      } catch (IOException e) {
        failure = e;
        break;
      }
    }
    throw new DatabaseEngineException(
        "Cannot write to the directory for databases "
            + path
            + ". Name one that can be written with the setting ppgtest.data-dir.",
        failure);
  }

  /** Lists the locks of all servers in it, living and dead; none where it does not exist. */
  List<Path> lockFiles() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (DirectoryStream<Path> lockFiles =
        Files.newDirectoryStream(FileTree.openOwn(path), "*" + InstanceDirectory.LOCK)) {
      List<Path> files = new ArrayList<>();
      lockFiles.forEach(files::add);
      return files;
    } catch (NoSuchFileException e) {
      // Removed by the last who left it.
      return List.of();
    }
  }

  /** Removes the directory if it is ours and nobody else is in it. */
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
