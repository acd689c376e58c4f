package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.OwnDirectory;
import io.github.ppgtest.emulator.UserLog;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cache of directories that are prepared once per machine and shared by all JVMs of a user. An
 * entry is complete from the moment it can be seen, and never changes.
 */
public final class CacheDirectory {
  private static final UserLog log = UserLog.of("io.github.ppgtest");

  private static final String HALF_DONE = ".half-done";

  /** PostgreSQL's initdb starts its programs through a shell, between double quotes. */
  private static final Pattern NOT_FOR_INITDB = Pattern.compile("[$`\"\\\\\\p{Cntrl}]");

  /** Fills an entry's directory, which exists and is empty. */
  public interface Preparation {
    void prepare(Path directory) throws IOException;
  }

  /** Checks that an existing entry still has everything. */
  public interface Check {
    boolean isWhole(Path directory) throws IOException;
  }

  /** The whole cache's: where we are root, another user runs PostgreSQL. */
  private static final String FOR_ALL_TO_READ = "rwxr-xr-x";

  /** A part's, which only this user needs. */
  private static final String OWNERS = "rwx------";

  private final Path root;
  private final String permissions;
  private final @Nullable Path lock;
  private final Duration patience;
  private final Runnable waiting;

  private CacheDirectory(
      Path root, String permissions, @Nullable Path lock, Duration patience, Runnable waiting) {
    this.root = root;
    this.permissions = permissions;
    this.lock = lock;
    this.patience = patience;
    this.waiting = waiting;
  }

  /**
   * Opens the cache.
   *
   * @param configured where it is to be; null for the first that can be written of the user's cache
   *     directory and the temporary directory
   */
  public static CacheDirectory open(@Nullable Path configured) {
    return open(configured, Platform.current(), System::getenv);
  }

  static CacheDirectory open(
      @Nullable Path configured, Platform platform, UnaryOperator<@Nullable String> environment) {
    Path shared = ownTemporary(System.getProperty("user.name", "unknown"), "cache");
    List<Path> candidates =
        configured != null ? List.of(configured) : defaultPlaces(platform, environment, shared);
    IOException failure = null;
    for (Path candidate : candidates) {
      try {
        Path root =
            candidate.equals(shared) && configured == null
                ? OwnDirectory.openShared(candidate.toAbsolutePath(), FOR_ALL_TO_READ)
                : OwnDirectory.open(candidate.toAbsolutePath(), FOR_ALL_TO_READ);
        if (!platform.isWindows() && NOT_FOR_INITDB.matcher(root.toString()).find()) {
          throw new IOException(root + " has a character that PostgreSQL's initdb cannot take");
        }
        if (failure != null && !(failure instanceof FileSystemException)) {
          log.warn("{}, so the cache is {}.", failure.getMessage(), root);
        }
        return new CacheDirectory(root, FOR_ALL_TO_READ, null, FileMutex.PATIENCE, () -> {});
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    throw new DatabaseEngineException(
        "Cannot use the cache directory, tried %s: %s. Name one that only you can write to, of letters and digits, with the setting ppgtest.cache-dir."
            .formatted(candidates, failure == null ? "none" : FileTree.reason(failure)),
        failure);
  }

  Path root() {
    return root;
  }

  /**
   * Opens a part of it with all entries prepared under one lock: so no preparation is under way
   * while it is held, and half-done entries can be deleted.
   *
   * @param patience how long a request for an entry waits for the lock
   * @param waiting is run before a wait for another process
   */
  public CacheDirectory part(String name, Duration patience, Runnable waiting) throws IOException {
    return new CacheDirectory(
        openPart(name), OWNERS, root.resolve(name + ".lock"), patience, waiting);
  }

  /** Opens a part of it with entries that are prepared under locks of the caller. */
  CacheDirectory part(String name) throws IOException {
    return new CacheDirectory(openPart(name), OWNERS, null, FileMutex.PATIENCE, () -> {});
  }

  private Path openPart(String name) throws IOException {
    Path part = OwnDirectory.open(root.resolve(name), OWNERS);
    OwnDirectory.setPermissions(part, OWNERS);
    return part;
  }

  /** Finds an entry that is whole; empty where there is none. */
  public Optional<Path> find(String name, Check check) throws IOException {
    Path entry = root.resolve(name);
    return Files.isDirectory(entry) && isOwn(entry) && check.isWhole(entry)
        ? Optional.of(entry)
        : Optional.empty();
  }

  /**
   * Returns whether an entry is this user's: another may have added one while they could write to
   * the directory.
   */
  private boolean isOwn(Path entry) throws IOException {
    UserPrincipal owner = Files.getOwner(root);
    return Files.getOwner(entry).equals(owner)
        && Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS).equals(owner)
        && (!OwnDirectory.hasPermissions(entry)
            || PosixFilePermissions.fromString(FOR_ALL_TO_READ)
                .containsAll(Files.getPosixFilePermissions(entry)));
  }

  /**
   * Finds an entry, or prepares it; done once, however many ask for it at once. One that is not
   * whole is prepared anew.
   */
  public Path entry(String name, Check check, Preparation preparation) throws IOException {
    Optional<Path> found = find(name, check);
    if (found.isPresent()) {
      return found.get();
    }
    return FileMutex.holding(
        lock != null ? lock : root.resolve(name + ".lock"),
        patience,
        waiting,
        () -> {
          Optional<Path> meanwhile = find(name, check);
          return meanwhile.isPresent() ? meanwhile.get() : prepare(name, preparation);
        });
  }

  /** Prepares an entry anew; to be called under the entry's own lock. */
  Path prepare(String name, Preparation preparation) throws IOException {
    Path entry = root.resolve(name);
    if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
      log.warn("{} is damaged, or another user's, and made anew", entry);
      // Step-by-step deletion must not be seen under the entry's name.
      Path damaged = halfDone(name);
      Files.delete(damaged);
      Files.move(entry, damaged, StandardCopyOption.ATOMIC_MOVE);
    }
    deleteHalfDone(name);
    Path halfDone = halfDone(name);
    OwnDirectory.setPermissions(halfDone, permissions);
    try {
      preparation.prepare(halfDone);
      Files.move(halfDone, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException | Error e) {
      try {
        FileTree.delete(halfDone);
      } catch (IOException cleanUp) {
        e.addSuppressed(cleanUp);
      }
      throw e;
    }
    deleteHalfDone(name);
    return entry;
  }

  /** Marks an entry as used today. */
  static void touch(Path entry) throws IOException {
    Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
  }

  /** Removes an entry, invisibly from the first moment on. */
  void remove(Path entry) throws IOException {
    Path removed = Files.createTempDirectory(entry.getParent(), entry.getFileName() + HALF_DONE);
    Files.delete(removed);
    try {
      Files.move(entry, removed, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // Another process was quicker.
      return;
    }
    FileTree.delete(removed);
  }

  /** Deletes half-done entries of any process that have not changed since. */
  void deleteHalfDoneBefore(Instant moment) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.filter(CacheDirectory::isHalfDone).toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(moment)) {
          FileTree.delete(file);
        }
      }
    }
  }

  private static boolean isHalfDone(Path file) {
    return file.getFileName().toString().contains(HALF_DONE);
  }

  /**
   * Returns a new name each time: a program that a killed JVM has left running may still write to
   * its own.
   */
  private Path halfDone(String name) throws IOException {
    return Files.createTempDirectory(root, name + HALF_DONE + "-");
  }

  /** Deletes what dead processes left half done: we hold the lock, so none prepares this now. */
  private void deleteHalfDone(String name) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.toList()) {
        String found = file.getFileName().toString();
        if (lock != null ? found.contains(HALF_DONE) : found.startsWith(name + HALF_DONE)) {
          try {
            FileTree.delete(file);
          } catch (DirectoryNotEmptyException | AccessDeniedException e) {
            // A program of the dead process still writes to it, and it is deleted later; or it is
            // another user's.
            log.debug("Not deleted: {}", file, e);
          }
        }
      }
    }
  }

  private static List<Path> defaultPlaces(
      Platform platform, UnaryOperator<@Nullable String> environment, Path shared) {
    List<Path> places = new ArrayList<>();
    String user = System.getProperty("user.name", "unknown");
    try {
      addUsersPlace(places, user, platform, environment);
    } catch (InvalidPathException e) {
      // The locale of this JVM, such as C, has not all letters of the user's directory.
    }
    places.add(shared);
    return places;
  }

  private static void addUsersPlace(
      List<Path> places,
      String user,
      Platform platform,
      UnaryOperator<@Nullable String> environment) {
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
  }

  /** Returns this user's directory below the shared temporary one. */
  static Path ownTemporary(String user, String suffix) {
    return Path.of(System.getProperty("java.io.tmpdir"))
        .resolve("ppgtest-" + user.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + suffix);
  }
}
