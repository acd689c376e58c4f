package io.github.ppgtest.leaktests;

import io.github.ppgtest.testsupport.FileTree;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The directories of one victim that can be filled or damaged without harm to others: a small file
 * system for its databases, and a cache.
 */
final class Storage {
  /** Room for the server and the databases that are there at once. */
  private static final int MEGABYTES = 128;

  private final Plan plan;
  private final Path home;

  private Storage(Plan plan, Path home) {
    this.plan = plan;
    this.home = home;
  }

  /**
   * Prepares what the plan needs, and damages it where it is to be so from the start.
   *
   * @param cache a cache that is whole, to be copied
   */
  static Storage prepare(Plan plan, Path home, PreparedCache cache) throws IOException {
    Storage storage = new Storage(plan, home);
    if (plan.serverFault() == ServerFault.DISK_FULL) {
      Path disk = Files.createDirectories(disk(home));
      run("mount", "-t", "tmpfs", "-o", "mode=755,size=" + MEGABYTES + "m", "tmpfs", disk);
    } else if (plan.serverFault().isOfCache()) {
      run("cp", "-a", cache.directory(), cache(home));
      if (plan.faultsFromTheStart()) {
        storage.damageCache();
      }
    }
    return storage;
  }

  /** Tells whether this user can mount file systems. */
  static boolean canMount(Path directory) throws IOException {
    try {
      Path disk = Files.createDirectories(directory);
      run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk);
      run("umount", disk);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where databases are that are not in the default place. */
  static Path data(Path home) {
    return disk(home).resolve("data");
  }

  /** Where a cache of a victim's own is, which need not be there. */
  static Path cache(Path home) {
    return home.resolve("cache");
  }

  private static Path disk(Path home) {
    return home.resolve("disk");
  }

  private Path removed() {
    return home.resolve("removed-libraries");
  }

  private Path filler() {
    return disk(home).resolve("filler");
  }

  /** Lets happen what is to happen at the victim's moment. */
  void strike() throws IOException {
    if (plan.serverFault() == ServerFault.DISK_FULL) {
      fill();
    } else if (plan.serverFault().isOfCache() && !plan.faultsFromTheStart()) {
      damageCache();
    }
  }

  private void fill() throws IOException {
    byte[] piece = new byte[4096];
    try (OutputStream output = Files.newOutputStream(filler())) {
      for (int i = 0; i < MEGABYTES << 8; i++) {
        output.write(piece);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  /** Makes room on the disk. */
  void heal() throws IOException {
    if (plan.serverFault() == ServerFault.DISK_FULL) {
      Files.deleteIfExists(filler());
    }
  }

  private void damageCache() throws IOException {
    if (plan.serverFault() == ServerFault.LIBRARIES_MISSING) {
      // In one step, as a victim may begin to heal it.
      Files.move(entry("-\\d").resolve("lib"), removed());
      return;
    }
    Path control = entry("-cluster-[0-9a-f]+").resolve("data/global/pg_control");
    try (FileChannel channel = FileChannel.open(control, StandardOpenOption.WRITE)) {
      channel.truncate(100);
    }
  }

  private Path entry(String end) throws IOException {
    try (Stream<Path> entries = Files.list(cache(home))) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("postgres-.*-[0-9a-f]{8}" + end))
          .findFirst()
          .orElseThrow(() -> new FileNotFoundException("No entry in " + cache(home)));
    }
  }

  /** Removes all of it, once nothing uses it any more. */
  void remove() throws IOException {
    if (plan.serverFault() == ServerFault.DISK_FULL) {
      // What still uses it counts as a process that is left.
      run("umount", "--lazy", disk(home));
    } else if (plan.serverFault().isOfCache()) {
      FileTree.delete(cache(home));
      if (Files.exists(removed())) {
        FileTree.delete(removed());
      }
    }
  }

  private static void run(Object... command) throws IOException {
    Process process =
        new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IOException("%s failed: %s".formatted(command[0], output.strip()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted during " + command[0], e);
    }
  }
}
