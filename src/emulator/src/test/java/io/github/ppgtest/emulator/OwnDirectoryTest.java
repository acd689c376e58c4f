package io.github.ppgtest.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has other permissions")
class OwnDirectoryTest {
  private static final String OWNERS = "rwx------";

  @TempDir private Path base;

  @BeforeEach
  void openTheBase() throws IOException {
    // For umask 0, and as an owner may have it.
    change(base, "rwxr-xr-x");
  }

  @Test
  void isCreatedWithThoseAboveItAndItsPermissionsWhateverTheUmaskIs() throws Exception {
    for (String umask : List.of("000", "022", "077")) {
      Path directory = base.resolve("umask" + umask).resolve("above").resolve("own");

      Process opening =
          new ProcessBuilder(
                  Stream.concat(
                          Stream.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"),
                          ChildJvm.of(OpenTestCase.class, directory.toString()).command().stream())
                      .toList())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();

      assertThat(opening.waitFor()).isZero();
      for (Path made = directory; !made.equals(base); made = made.getParent()) {
        assertThat(permissions(made)).as("%s", made).isEqualTo("rwxr-xr-x");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwxr-x", "rwxr-xrwx"})
  void isRefusedWhereOthersCanWriteToIt(String permissions) throws IOException {
    Path directory = change(Files.createDirectory(base.resolve("own")), permissions);

    assertThatThrownBy(() -> OwnDirectory.open(directory, OWNERS))
        .hasMessage("Others can write to " + directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxr-xrwx"})
  void isRefusedWhereOthersCouldReplaceIt(String permissions) throws IOException {
    Path above = Files.createDirectories(base.resolve("above/between")).getParent();
    Path directory = OwnDirectory.open(above.resolve("between/own"), OWNERS);
    change(above, permissions);

    assertThatThrownBy(() -> OwnDirectory.open(directory, OWNERS))
        .hasMessage("Others can write to %s, and so replace %s".formatted(above, directory));
  }

  @Test
  void isBelowADirectoryInWhichEachUserHasTheirOwn() throws Exception {
    Path shared = Files.createDirectory(base.resolve("shared"));
    assertThat(new ProcessBuilder("chmod", "1777", shared.toString()).start().waitFor()).isZero();

    assertThat(OwnDirectory.open(shared.resolve("own"), OWNERS)).isDirectory();
    assertThatThrownBy(() -> OwnDirectory.open(shared, OWNERS))
        .hasMessage("Others can write to " + shared);
  }

  @Test
  void isNoLink() throws IOException {
    Path link =
        Files.createSymbolicLink(
            base.resolve("link"), Files.createDirectory(base.resolve("target")));
    String user = Files.getOwner(link, LinkOption.NOFOLLOW_LINKS).getName();

    assertThatThrownBy(() -> OwnDirectory.open(link, OWNERS))
        .isInstanceOf(OwnDirectory.OthersException.class)
        .hasMessage("%s is a symbolic link of user %s".formatted(link, user));
    assertThat(base.resolve("target")).isEmptyDirectory();

    Path dangling = Files.createSymbolicLink(base.resolve("dangling"), base.resolve("nothing"));
    assertThatThrownBy(() -> OwnDirectory.open(dangling, OWNERS))
        .isInstanceOf(OwnDirectory.OthersException.class);
    assertThat(base.resolve("nothing")).doesNotExist();
  }

  /** Root may give files away, so no second user has to act. */
  @Nested
  class OfAnotherUser {
    @BeforeEach
    void needRoot() {
      assumeThat(System.getProperty("user.name"))
          .as("Left out: only root may give a directory to another user.")
          .isEqualTo("root");
    }

    @Test
    void isRefusedAndItsOwnerNamed() throws IOException {
      Path directory = give(Files.createDirectory(base.resolve("own")));

      assertThatThrownBy(() -> OwnDirectory.open(directory, OWNERS))
          .isInstanceOf(OwnDirectory.OthersException.class)
          .hasMessage("%s belongs to user nobody".formatted(directory));
    }

    @Test
    void mayNotBeAboveEither() throws IOException {
      Path above = give(Files.createDirectory(base.resolve("above")));

      assertThatThrownBy(() -> OwnDirectory.open(above.resolve("own"), OWNERS))
          .hasMessage("%1$s belongs to user nobody, who could replace %1$s/own".formatted(above));
    }

    @Test
    void aLinkOnTheWayIsRefusedToo() throws IOException {
      Path target = Files.createDirectory(base.resolve("target"));
      Path link = give(Files.createSymbolicLink(base.resolve("link"), target));

      assertThatThrownBy(() -> OwnDirectory.open(link.resolve("own"), OWNERS))
          .hasMessageContaining("%s belongs to user nobody".formatted(link));
    }

    @Test
    void leadsToAnotherNameThatIsFoundAgain() throws IOException {
      Path taken = give(Files.createDirectory(base.resolve("taken")));
      Path alsoTaken = give(Files.createDirectory(base.resolve("taken-0")));

      Path first = OwnDirectory.openShared(taken, OWNERS);
      Path second = OwnDirectory.openShared(taken, OWNERS);

      assertThat(first).isEqualTo(second).hasParent(base.toRealPath());
      assertThat(first.getFileName().toString()).startsWith("taken-");
      assertThat(permissions(first)).isEqualTo(OWNERS);
      assertThat(OwnDirectory.shared(taken))
          .contains(taken, alsoTaken, base.resolve(first.getFileName()));
    }

    @Test
    void aGroupThatHasNoOtherMembersIsTheOwnersOwn() throws IOException {
      Path above = change(Files.createDirectory(base.resolve("above")), "rwxrwxr-x");
      setGroup(above, "root");
      assertThat(OwnDirectory.open(above.resolve("own"), OWNERS)).isDirectory();

      setGroup(above, "daemon");
      assertThatThrownBy(() -> OwnDirectory.open(above.resolve("own"), OWNERS))
          .hasMessageStartingWith("Others can write to " + above);
    }
  }

  /** Of POSIX, beyond the mode: what they give to others, the mode shows as the group's. */
  @Nested
  class WithAnAccessList {
    @BeforeEach
    void needSetfacl() {
      assumeThat(Stream.of(System.getenv("PATH").split(":")))
          .as("Left out: there is no setfacl on the path.")
          .anyMatch(directory -> Files.isExecutable(Path.of(directory, "setfacl")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"u:nobody:rwx", "u:nobody:-w-", "g:daemon:rwx", "u:65001:rwx"})
    void isRefusedWhereThatLetsOthersWriteToIt(String entry) throws Exception {
      Path directory = OwnDirectory.open(base.resolve("own"), OWNERS);
      setAccess(directory, entry);

      assertThatThrownBy(() -> OwnDirectory.open(directory, OWNERS))
          .hasMessage("Others can write to " + directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"u:nobody:rwx", "u:nobody:-wx", "g:daemon:rwx", "u:65001:rwx"})
    void isRefusedWhereThatLetsOthersReplaceItAlsoWithAGroupOfItsOwn(String entry)
        throws Exception {
      Path above = change(Files.createDirectory(base.resolve("above")), "rwxrwxr-x");
      setAccess(above, entry);

      assertThatThrownBy(() -> OwnDirectory.open(above.resolve("own"), OWNERS))
          .hasMessage("Others can write to %1$s, and so replace %1$s/own".formatted(above));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWNERS, "rwxr-xr-x"})
    void whatIsInheritedLetsNobodyWrite(String permissions) throws Exception {
      setAccess(base, "d:u:nobody:rwx,d:g:daemon:rwx,d:o:rwx");

      Path directory = OwnDirectory.open(base.resolve("own"), permissions);

      assertThat(permissions(directory)).isEqualTo(permissions);
    }

    private void setAccess(Path path, String entries) throws Exception {
      assertThat(
              new ProcessBuilder("setfacl", "-m", entries, path.toString())
                  .inheritIO()
                  .start()
                  .waitFor())
          .isZero();
    }
  }

  private static void setGroup(Path path, String group) throws IOException {
    Files.getFileAttributeView(path, PosixFileAttributeView.class)
        .setGroup(lookup(path).lookupPrincipalByGroupName(group));
  }

  private static Path give(Path path) throws IOException {
    Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setOwner(lookup(path).lookupPrincipalByName("nobody"));
    return path;
  }

  private static UserPrincipalLookupService lookup(Path path) {
    return path.getFileSystem().getUserPrincipalLookupService();
  }

  private static Path change(Path path, String permissions) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** A JVM that opens a directory. */
  static final class OpenTestCase {
    private OpenTestCase() {}

    public static void main(String[] arguments) throws Exception {
      OwnDirectory.open(Path.of(arguments[0]), "rwxr-xr-x");
    }
  }
}
