package io.github.ppgtest.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Opens directories that no other user of the machine can change or replace. Thread-safe.
 *
 * <p>On a system without POSIX permissions, such as Windows, only the owner is checked.
 *
 * @since 0.1.0
 */
public final class OwnDirectory {
  private static final UserLog log = UserLog.of("io.github.ppgtest");

  private static final String PROBE = ".probe-";

  /** The name of a probe file, with the number of its process. */
  private static final Pattern PROBE_OF = Pattern.compile("\\.probe-(\\d{1,10})-.*");

  /** Longer than a probe for write access takes. */
  private static final Duration PROBING = Duration.ofMinutes(1);

  private static final int STICKY = 01000;

  /**
   * Thrown for another user's directory, or for a path that is no directory.
   *
   * @since 0.1.0
   */
  public static final class OthersException extends IOException {
    private static final long serialVersionUID = 1L;

    private OthersException(String message) {
      super(message);
    }
  }

  private OwnDirectory() {}

  /**
   * Opens a directory; it and those above it that are missing are created with these permissions,
   * whatever the umask is.
   *
   * @param permissions such as {@code rwx------}
   * @return its real path
   * @throws OthersException if it belongs to another user, or is no directory
   * @throws IOException if it cannot be written to, or if other users could write to it, or rename
   *     or replace it or a directory above it; the message names the directory and the user
   */
  public static Path open(Path directory, String permissions) throws IOException {
    create(directory.toAbsolutePath().normalize(), permissions);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new OthersException(
          Files.isSymbolicLink(directory)
              ? "%s is a symbolic link of user %s".formatted(directory, owner(directory))
              : directory + " is not a directory");
    }
    UserPrincipal self = self(directory);
    if (!owner(directory).equals(self)) {
      throw new OthersException("%s belongs to user %s".formatted(directory, owner(directory)));
    }
    Path real = directory.toRealPath();
    if (hasPermissions(real)) {
      if (isWritable(real, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE)) {
        throw new IOException("Others can write to " + directory);
      }
      // Both: a link on the way may be another user's.
      checkAbove(directory.toAbsolutePath().normalize(), self);
      checkAbove(real, self);
    }
    return real;
  }

  /**
   * Opens a directory of this user in one that all users share, such as that for temporary files.
   * Where another user has taken the name, one with a random end is opened or created, and a
   * warning logged.
   *
   * @throws IOException if there can be none
   * @see #open
   */
  public static Path openShared(Path directory, String permissions) throws IOException {
    try {
      return open(directory, permissions);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      return openInstead(directory, permissions, e);
    }
  }

  private static Path openInstead(Path taken, String permissions, IOException why)
      throws IOException {
    try {
      Path opened = openFirst(instead(taken), taken, permissions);
      log.warn("{}, so {} is used in its place.", why.getMessage(), opened);
      return opened;
    } catch (IOException e) {
      why.addSuppressed(e);
      throw why;
    }
  }

  private static Path openFirst(List<Path> others, Path taken, String permissions)
      throws IOException {
    for (Path other : others) {
      try {
        return open(other, permissions);
      } catch (OthersException e) {
        // The next may be this user's.
      }
    }
    Path parent = taken.toAbsolutePath().getParent();
    Path created =
        Files.createTempDirectory(
            parent, taken.getFileName() + "-", attributes(parent, permissions));
    setPermissions(created, permissions);
    return open(created, permissions);
  }

  /**
   * Lists the directories that {@link #openShared} may have opened, other users' too: the one of
   * that name, and those beside it.
   *
   * @throws IOException if the directory that they are in cannot be read
   */
  public static List<Path> shared(Path directory) throws IOException {
    return Stream.concat(Stream.of(directory), instead(directory).stream()).toList();
  }

  private static List<Path> instead(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> others =
        Files.newDirectoryStream(
            directory.toAbsolutePath().getParent(), directory.getFileName() + "-*")) {
      others.forEach(found::add);
    }
    found.sort(null);
    return found;
  }

  /** Deletes the probe files of killed processes. */
  public static void deleteProbes(Path directory, Instant now) throws IOException {
    try (DirectoryStream<Path> probes = Files.newDirectoryStream(directory, PROBE + "*")) {
      for (Path probe : probes) {
        if (isOfADeadProcess(probe)
            || Files.getLastModifiedTime(probe).toInstant().isBefore(now.minus(PROBING))) {
          Files.deleteIfExists(probe);
        }
      }
    } catch (NoSuchFileException e) {
      // Another process is at it, or the directory has gone.
    }
  }

  private static boolean isOfADeadProcess(Path probe) {
    Matcher name = PROBE_OF.matcher(probe.getFileName().toString());
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  /** Returns the attributes for a file or a directory with these permissions, less the umask. */
  public static FileAttribute<?>[] attributes(Path place, String permissions) {
    return hasPermissions(place)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Returns whether a place has POSIX permissions. */
  public static boolean hasPermissions(Path place) {
    return place.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void create(Path directory, String permissions) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (directory.getParent() != null && !Files.isDirectory(directory.getParent())) {
      create(directory.getParent(), permissions);
    }
    try {
      Files.createDirectory(directory, attributes(directory, permissions));
      setPermissions(directory, permissions);
    } catch (FileAlreadyExistsException e) {
      // Another process was quicker; whether it was one of this user's is checked.
    }
  }

  /** Gives a file or a directory these permissions, whatever the umask has taken away. */
  public static void setPermissions(Path path, String permissions) throws IOException {
    if (hasPermissions(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  /**
   * Takes the permissions of all but their owner away from a directory and everything in it, but
   * for links.
   */
  public static void closeToOthers(Path directory) throws IOException {
    if (!hasPermissions(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.filter(each -> !Files.isSymbolicLink(each)).toList()) {
        Set<PosixFilePermission> owners = Files.getPosixFilePermissions(path);
        owners.retainAll(PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(path, owners);
      }
    }
  }

  /** Returns the owner of a new file there, not the user's name: a container may map users. */
  private static UserPrincipal self(Path directory) throws IOException {
    Path mine;
    try {
      mine = Files.createTempFile(directory, PROBE + ProcessHandle.current().pid() + "-", null);
    } catch (AccessDeniedException e) {
      String reason = "%s belongs to user %s".formatted(directory, owner(directory));
      if (!owner(directory).getName().equals(System.getProperty("user.name"))) {
        throw new OthersException(reason);
      }
      throw new IOException(reason + ", who cannot write to it", e);
    }
    try {
      return owner(mine);
    } finally {
      // A process in another container, which does not see this one, may have deleted it.
      Files.deleteIfExists(mine);
    }
  }

  private static UserPrincipal owner(Path path) throws IOException {
    return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static void checkAbove(Path directory, UserPrincipal self) throws IOException {
    // The owner of the root can do everything anyway.
    Set<String> trusted = Set.copyOf(List.of(self.getName(), owner(directory.getRoot()).getName()));
    for (Path above = directory.getParent(); above != null; above = above.getParent()) {
      if (!trusted.contains(owner(above).getName())) {
        throw new IOException(
            "%s belongs to user %s, who could replace %s"
                .formatted(above, owner(above), directory));
      }
      if (!Files.isSymbolicLink(above) && isOpenToOthers(above, trusted)) {
        throw new IOException(
            "Others can write to %s, and so replace %s".formatted(above, directory));
      }
    }
  }

  /**
   * Returns whether other users may write; in a sticky directory, such as that for temporary files,
   * each user can change only files of their own.
   */
  private static boolean isOpenToOthers(Path directory, Set<String> trusted) throws IOException {
    if (((int) Files.getAttribute(directory, "unix:mode") & STICKY) != 0) {
      return false;
    }
    return isWritable(directory, PosixFilePermission.OTHERS_WRITE)
        || isWritable(directory, PosixFilePermission.GROUP_WRITE)
            && (!hasPrivateGroup(directory, trusted) || hasAccessList(directory));
  }

  /**
   * Returns whether there are permissions beyond the mode, so that its group's may be another
   * user's. Java cannot read them, and BusyBox does not show them.
   */
  private static boolean hasAccessList(Path directory) throws IOException {
    Process ls =
        new ProcessBuilder("ls", "-ld", directory.toString()).redirectErrorStream(true).start();
    ls.getOutputStream().close();
    try (InputStream output = ls.getInputStream()) {
      return new String(output.readNBytes(11), StandardCharsets.ISO_8859_1).endsWith("+");
    }
  }

  private static boolean isWritable(Path directory, PosixFilePermission... by) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
    return Stream.of(by).anyMatch(permissions::contains);
  }

  /**
   * Returns whether the group is the owner's own, with no other member that is not trusted: many
   * systems have such groups, and a umask that lets them write.
   */
  private static boolean hasPrivateGroup(Path directory, Set<String> trusted) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(directory, PosixFileAttributes.class);
    String group = attributes.group().getName();
    Path groups = Path.of("/etc/group");
    Path users = Path.of("/etc/passwd");
    if (!group.equals(attributes.owner().getName())
        || !Files.isReadable(groups)
        || !Files.isReadable(users)) {
      return false;
    }
    String number = Files.getAttribute(directory, "unix:gid").toString();
    List<String[]> same = entries(groups).filter(entry -> entry[2].equals(number)).toList();
    return !same.isEmpty()
        && same.stream()
            .filter(entry -> entry.length > 3)
            .flatMap(entry -> Stream.of(entry[3].split(",")))
            .allMatch(trusted::contains)
        && entries(users)
            .filter(entry -> entry[3].equals(number))
            .allMatch(entry -> trusted.contains(entry[0]));
  }

  private static Stream<String[]> entries(Path file) throws IOException {
    // Each byte a letter: a name may be in any encoding.
    return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
        .map(line -> line.split(":"))
        .filter(entry -> entry.length >= (file.endsWith("passwd") ? 4 : 3));
  }
}
