package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A cache directory of a test's own, with the PostgreSQL of this machine's. */
public final class CacheWithoutTemplates implements AutoCloseable {
  private final Path directory;
  private final PreparedCluster cluster;
  private final List<Path> links = new ArrayList<>();

  public CacheWithoutTemplates(Path directory) throws IOException {
    this.directory = directory;
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // For the user that PostgreSQL runs as when we are root.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Platform platform = Platform.current();
    CacheDirectory machine = CacheDirectory.open(null);
    PostgresBinaries binaries = PostgresBinaries.find(null, platform, machine);
    cluster =
        PreparedCluster.find(binaries, machine, UnprivilegedUser.find(platform, binaries.home()));
    for (Path entry : List.of(binaries.home(), cluster.directory().getParent())) {
      links.add(Files.createSymbolicLink(directory.resolve(entry.getFileName()), entry));
    }
  }

  public Path directory() {
    return directory;
  }

  String superuserPassword() {
    return cluster.superuserPassword();
  }

  /** The directories of its templates. */
  public List<Path> templates() throws IOException {
    try (var files = Files.list(directory.resolve(TemplateCache.PART))) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  /** Before JUnit deletes the directory, which warns of links. */
  @Override
  public void close() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }
}
