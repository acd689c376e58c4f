package io.github.ppgtest.management.internal;

import io.github.ppgtest.management.CredentialsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Files that only their owner can read: by POSIX permissions, and by an access control list on
 * Windows. They are so from their creation on.
 */
final class OwnerOnly {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private static final int STICKY = 01000;

  /** Readers of everything on a Windows machine, as root is elsewhere. */
  private static final Set<String> ALMIGHTY = Set.of("SYSTEM", "ADMINISTRATORS");

  private OwnerOnly() {}

  /** Returns the attributes of a new file in a directory. */
  static FileAttribute<?> file(Path directory) throws IOException {
    return attribute(directory, "rw-------", Set.of());
  }

  /** Creates a directory with those above it that are missing. */
  static void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path above = directory;
    while (!Files.exists(above)) {
      above = above.getParent();
    }
    Files.createDirectories(
        directory,
        attribute(
            above, "rwx------", Set.of(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)));
  }

  /**
   * Checks a directory.
   *
   * @throws CredentialsException if others could put a file of theirs in the place of ours
   */
  static void checkDirectory(Path directory) throws IOException {
    checkAbove(directory.toRealPath());
    boolean othersMayWrite =
        isPosix(directory)
            ? othersMay(
                directory, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE)
            : othersMay(directory, AclEntryPermission.WRITE_DATA);
    if (othersMayWrite) {
      throw new CredentialsException(
          "Others may write to the directory "
              + directory
              + ", so no tokens are kept in it. Name a file in a directory of your own, which is"
              + " made if it does not exist.",
          null);
    }
  }

  /** A writer of a directory can rename its entries, but for a sticky one such as /tmp. */
  private static void checkAbove(Path directory) throws IOException {
    if (!isPosix(directory)) {
      return;
    }
    for (Path above = directory.getParent(); above != null; above = above.getParent()) {
      if (othersMay(above, PosixFilePermission.OTHERS_WRITE)
          && ((int) Files.getAttribute(above, "unix:mode") & STICKY) == 0) {
        throw new CredentialsException(
            "Others may write to the directory %s, and so replace %s, so no tokens are kept in it. Name a file in a directory of your own."
                .formatted(above, directory),
            null);
      }
    }
  }

  /**
   * Checks a file.
   *
   * @throws CredentialsException if others can read it
   */
  static void checkFile(Path file) throws IOException {
    // Not Files.isRegularFile: that cannot tell a file that has gone from one of another kind.
    if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isRegularFile()) {
      throw new CredentialsException(
          "The token store " + file + " is no ordinary file. Name another.", null);
    }
    boolean othersMayRead =
        isPosix(file)
            ? !OWNERS.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
            : othersMay(file, AclEntryPermission.READ_DATA);
    if (othersMayRead) {
      throw new CredentialsException(
          "Others can read the tokens in "
              + file
              + ", so they are not used. Delete the file and log in again; if you are sure that"
              + " nobody has read it, take their permissions away instead (chmod 600).",
          null);
    }
  }

  private static FileAttribute<?> attribute(Path place, String permissions, Set<AclEntryFlag> flags)
      throws IOException {
    if (isPosix(place)) {
      return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
    aclOf(place);
    UserPrincipal user = user(place);
    return new AclAttribute(
        List.of(
            AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(user)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .setFlags(flags)
                .build()));
  }

  private static UserPrincipal user(Path place) throws IOException {
    return place
        .getFileSystem()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName(System.getProperty("user.name"));
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static boolean othersMay(Path path, PosixFilePermission... permissions)
      throws IOException {
    Set<PosixFilePermission> given = Files.getPosixFilePermissions(path);
    return List.of(permissions).stream().anyMatch(given::contains);
  }

  private static boolean othersMay(Path path, AclEntryPermission permission) throws IOException {
    AclFileAttributeView acl = aclOf(path);
    // A file that an administrator makes may belong to all administrators.
    Set<UserPrincipal> ours = new HashSet<>(List.of(acl.getOwner(), user(path)));
    return acl.getAcl().stream()
        .filter(entry -> entry.type() == AclEntryType.ALLOW)
        .filter(entry -> entry.permissions().contains(permission))
        // It applies to new files in a directory, not to the directory.
        .filter(entry -> !entry.flags().contains(AclEntryFlag.INHERIT_ONLY))
        .map(AclEntry::principal)
        .anyMatch(principal -> !ours.contains(principal) && !isAlmighty(principal));
  }

  private static boolean isAlmighty(UserPrincipal principal) {
    String name = principal.getName();
    return ALMIGHTY.contains(name.substring(name.lastIndexOf('\\') + 1).toUpperCase(Locale.ROOT));
  }

  private static AclFileAttributeView aclOf(Path path) throws IOException {
    AclFileAttributeView acl = Files.getFileAttributeView(path, AclFileAttributeView.class);
    if (acl == null) {
      throw new CredentialsException(
          "The file system of "
              + path
              + " cannot keep others from reading a file, so no tokens are kept in it. Name a file"
              + " in another.",
          null);
    }
    return acl;
  }

  private record AclAttribute(List<AclEntry> value) implements FileAttribute<List<AclEntry>> {
    @Override
    public String name() {
      return "acl:acl";
    }
  }
}
