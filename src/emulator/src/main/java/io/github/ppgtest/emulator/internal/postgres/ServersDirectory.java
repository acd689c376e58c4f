package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
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
    if (configured != null) {
      return new ServersDirectory(configured.toAbsolutePath(), false);
    }
    Path temporary =
        CacheDirectory.ownTemporary(System.getProperty("user.name", "unknown"), "data");
    Path memory = Path.of("/dev/shm");
    boolean inMemory = platform.os() == Platform.Os.LINUX && hasRoom(memory);
    return new ServersDirectory(
        inMemory ? memory.resolve(temporary.getFileName()) : temporary.toAbsolutePath(), true);
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

  /** Takes over every directory whose owner is dead. Those of the living are left alone. */
  List<InstanceDirectory> claimAbandoned() throws IOException {
    List<InstanceDirectory> claimed = new ArrayList<>();
    try (DirectoryStream<Path> lockFiles =
        Files.newDirectoryStream(path, "*" + InstanceDirectory.LOCK)) {
      for (Path lockFile : lockFiles) {
        InstanceDirectory instance = InstanceDirectory.claim(this, lockFile);
        if (instance != null) {
          claimed.add(instance);
        }
      }
    } catch (NoSuchFileException e) {
      // Removed by the last who left it: nothing is abandoned in it.
    }
    return claimed;
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
