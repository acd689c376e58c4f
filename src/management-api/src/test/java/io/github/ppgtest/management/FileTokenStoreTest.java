package io.github.ppgtest.management;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileTokenStoreTest {
  private static final OAuthTokens TOKENS =
      new OAuthTokens(
          "access-secret", "refresh-secret", "wksp_1", Instant.parse("2026-11-20T10:00:00Z"));

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("a").resolve("b").resolve("tokens.json");
  }

  @Test
  void keepsTokens() {
    TokenStore store = FileTokenStore.at(file());
    assertThat(store.load()).isEmpty();
    store.clear();
    assertThat(directory).isEmptyDirectory();

    store.save(TOKENS);
    assertThat(FileTokenStore.at(file()).load()).contains(TOKENS);

    OAuthTokens few = new OAuthTokens("other", null, null, null);
    store.save(few);
    assertThat(store.load()).contains(few);

    store.clear();
    assertThat(store.load()).isEmpty();
    store.clear();
  }

  @Test
  void isEmptyOrWholeForWhoeverReadsWhileAnotherClearsIt() throws InterruptedException {
    TokenStore other = FileTokenStore.at(file());
    other.save(TOKENS);
    AtomicBoolean over = new AtomicBoolean();
    Thread logsInAndOut =
        new Thread(
            () -> {
              while (!over.get()) {
                other.clear();
                other.save(TOKENS);
              }
            });
    logsInAndOut.start();
    try {
      TokenStore store = FileTokenStore.at(file());
      for (int i = 0; i < 2000; i++) {
        assertThat(store.load().orElse(TOKENS)).isEqualTo(TOKENS);
      }
    } finally {
      over.set(true);
      logsInAndOut.join();
    }
  }

  @Test
  void survivesAProcessThatWasCutOffWhileItWrote() throws IOException {
    TokenStore store = FileTokenStore.at(file());
    store.save(TOKENS);
    Path half = file().resolveSibling("tokens.json.next");
    Files.writeString(half, "{\"accessToken\":\"acc");

    assertThat(store.load()).contains(TOKENS);
    OAuthTokens next = new OAuthTokens("next", null, null, null);
    store.save(next);

    assertThat(store.load()).contains(next);
    assertThat(half).doesNotExist();
  }

  @Test
  void leavesTheOldTokensWhereTheNewOnesCannotBeWritten() throws IOException {
    TokenStore store = FileTokenStore.at(file());
    store.save(TOKENS);
    // Nothing can be deleted that is a directory with something in it.
    Files.createDirectories(file().resolveSibling("tokens.json.next").resolve("x"));

    assertThatThrownBy(() -> store.save(new OAuthTokens("next", null, null, null)))
        .isInstanceOf(CredentialsException.class)
        .hasMessageStartingWith("The token store " + file() + " could not be written: ")
        .hasCauseInstanceOf(IOException.class);
    assertThat(store.load()).contains(TOKENS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"accessToken\":\"access-sec",
        "[]",
        "{}",
        "{\"accessToken\":7}",
        "{\"accessToken\":\"access-secret\",\"refreshToken\":\"\"}",
        "{\"accessToken\":\"access-secret\",\"expiresAt\":\"access-secret\"}"
      })
  void saysThatAFileIsDamagedAndQuotesNothing(String content) throws IOException {
    TokenStore store = FileTokenStore.at(file());
    store.save(TOKENS);
    Files.writeString(file(), content);

    assertThatThrownBy(store::load)
        .isInstanceOf(CredentialsException.class)
        .hasMessageStartingWith("The token store " + file() + " cannot be understood: ")
        .hasMessageEndingWith("Delete it and log in again.")
        .hasMessageNotContaining("access-sec");

    store.save(TOKENS);
    assertThat(store.load()).contains(TOKENS);
  }

  @Test
  void letsOneThreadIntoTheLockAndThatOneTwice() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(8);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      TokenStore store = FileTokenStore.at(file());
      Thread thread =
          new Thread(
              () ->
                  store.locked(
                      () ->
                          store.locked(
                              () -> {
                                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                store.save(TOKENS);
                                inside.decrementAndGet();
                                done.countDown();
                                return true;
                              })));
      threads.add(thread);
      thread.start();
    }

    assertThat(done.await(3, TimeUnit.MINUTES)).isTrue();
    assertThat(most).hasValue(1);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void isCalledByItsPathAndShowsNoToken() {
    TokenStore store = FileTokenStore.at(file());
    store.save(TOKENS);

    assertThat(store).hasToString(file().toString());
    assertThat(TOKENS.toString()).doesNotContain("secret");
  }

  @Nested
  @DisabledOnOs(OS.WINDOWS)
  final class OnPosix {
    @Test
    void letsOnlyTheOwnerInFromTheBeginning() throws IOException {
      FileTokenStore.at(file()).save(TOKENS);

      assertThat(Files.getPosixFilePermissions(directory.resolve("a")))
          .isEqualTo(fromString("rwx------"));
      assertThat(Files.getPosixFilePermissions(directory.resolve("a").resolve("b")))
          .isEqualTo(fromString("rwx------"));
      try (var files = Files.list(file().getParent())) {
        assertThat(files)
            .hasSize(2)
            .allSatisfy(
                any ->
                    assertThat(Files.getPosixFilePermissions(any))
                        .isEqualTo(fromString("rw-------")));
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-r--r--"})
    void refusesAFileThatIsNotTheOwnersAlone(String permissions) throws IOException {
      TokenStore store = FileTokenStore.at(file());
      store.save(TOKENS);
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));

      assertThatThrownBy(store::load)
          .isInstanceOf(CredentialsException.class)
          .hasMessage(
              "Others can read the tokens in "
                  + file()
                  + ", so they are not used. Delete the file and log in again; if you are sure that"
                  + " nobody has read it, take their permissions away instead (chmod 600).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
    void refusesADirectoryThatOthersCanWriteTo(String permissions) throws IOException {
      TokenStore store = FileTokenStore.at(file());
      store.save(TOKENS);
      Files.setPosixFilePermissions(file().getParent(), fromString(permissions));

      for (Runnable use : List.<Runnable>of(store::load, () -> store.save(TOKENS), store::clear)) {
        assertThatThrownBy(use::run)
            .isInstanceOf(CredentialsException.class)
            .hasMessageStartingWith("Others may write to the directory " + file().getParent());
      }
    }

    @Test
    void refusesADirectoryThatOthersCanReplace() throws IOException {
      Path above = Files.createDirectory(directory.resolve("above"));
      TokenStore store = FileTokenStore.at(above.resolve("own").resolve("tokens.json"));
      store.save(TOKENS);
      Files.setPosixFilePermissions(above, fromString("rwxrwxrwx"));

      assertThatThrownBy(store::load)
          .isInstanceOf(CredentialsException.class)
          .hasMessageStartingWith(
              "Others may write to the directory %1$s, and so replace %1$s/own", above);
    }

    @Test
    void refusesALink() throws IOException {
      Path real = directory.resolve("real.json");
      TokenStore store = FileTokenStore.at(file());
      store.save(TOKENS);
      Files.move(file(), real);
      Files.createSymbolicLink(file(), real);

      assertThatThrownBy(store::load).hasMessageContaining("is no ordinary file");
    }
  }

  /** Without what makes the file: this file system takes no access control list when it does. */
  @Nested
  final class OnWindows {
    private static final String USER = System.getProperty("user.name");

    private final FileSystem windows =
        Jimfs.newFileSystem(
            Configuration.windows().toBuilder()
                .setAttributeViews("basic", "owner", "acl")
                .setDefaultAttributeValue("owner:owner", "BUILTIN\\Administrators")
                .build());

    private final Path file = windows.getPath("C:\\work", "tokens.json");
    private final TokenStore store = FileTokenStore.at(file);

    OnWindows() throws IOException {
      Files.writeString(file, "{\"accessToken\":\"access-secret\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NT AUTHORITY\\SYSTEM", "BUILTIN\\Administrators"})
    void takesAFileThatItsOwnerAndAdministratorsCanRead(String name) throws IOException {
      allow(file, name.isEmpty() ? USER : name, AclEntryPermission.READ_DATA);

      assertThat(store.load()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Everyone", "BUILTIN\\Users", "WORK\\somebody"})
    void refusesAFileThatOthersCanRead(String name) throws IOException {
      allow(file, name, AclEntryPermission.READ_DATA);

      assertThatThrownBy(store::load)
          .isInstanceOf(CredentialsException.class)
          .hasMessageStartingWith("Others can read the tokens in ");
    }

    @Test
    void refusesADirectoryThatOthersCanWriteTo() throws IOException {
      allow(file.getParent(), "Everyone", AclEntryPermission.WRITE_DATA);

      assertThatThrownBy(store::load)
          .isInstanceOf(CredentialsException.class)
          .hasMessageStartingWith("Others may write to the directory ");
    }

    private void allow(Path path, String name, AclEntryPermission permission) throws IOException {
      Files.getFileAttributeView(path, AclFileAttributeView.class)
          .setAcl(
              List.of(
                  AclEntry.newBuilder()
                      .setType(AclEntryType.ALLOW)
                      .setPrincipal(
                          windows.getUserPrincipalLookupService().lookupPrincipalByName(name))
                      .setPermissions(permission)
                      .build()));
    }
  }
}
