package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ppgtest.emulator.OwnDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
  private final Platform platform = new Platform(Platform.Os.LINUX, false, false);

  @TempDir Path root;

  @Test
  void preparesAnEntryOnceHoweverManyAskAtOnce() {
    CacheDirectory cache = open(root);
    AtomicInteger preparations = new AtomicInteger();

    IntStream.range(0, 16)
        .parallel()
        .forEach(
            i -> {
              try {
                Path entry =
                    cache.entry(
                        "thing",
                        any -> true,
                        directory -> {
                          preparations.incrementAndGet();
                          Files.writeString(directory.resolve("content"), "whole");
                        });
                assertThat(entry.resolve("content")).hasContent("whole");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    assertThat(preparations).hasValue(1);
  }

  @Test
  void throwsAwayWhatAKilledProcessHadHalfDone() throws IOException {
    Files.writeString(
        Files.createDirectory(root.resolve("thing.half-done")).resolve("rest"), "half");

    Path entry =
        open(root)
            .entry(
                "thing",
                any -> true,
                directory -> Files.writeString(directory.resolve("new"), "whole"));

    assertThat(entry).isDirectoryContaining("glob:**new").isDirectoryNotContaining("glob:**rest");
    assertThat(root.resolve("thing.half-done")).doesNotExist();
  }

  @Test
  void leavesWhatAnotherLockGuards() throws IOException {
    Path underWay = Files.createDirectory(root.resolve("thing2.half-done-1"));

    open(root).entry("thing", any -> true, directory -> {});

    assertThat(underWay).exists();
  }

  @Test
  void preparesAnewWhatIsDamaged() throws IOException {
    CacheDirectory cache = open(root);
    CacheDirectory.Check check = directory -> Files.exists(directory.resolve("content"));
    CacheDirectory.Preparation preparation =
        directory -> Files.writeString(directory.resolve("content"), "whole");
    Path entry = cache.entry("thing", check, preparation);
    Files.writeString(entry.resolve("stray"), "old");
    Files.delete(entry.resolve("content"));
    assertThat(cache.find("thing", check)).isEmpty();

    assertThat(cache.entry("thing", check, preparation)).isEqualTo(entry);

    assertThat(entry.resolve("content")).hasContent("whole");
    assertThat(entry.resolve("stray")).doesNotExist();
    assertThat(root).isDirectoryNotContaining("glob:**.half-done*");
  }

  @Test
  void cleansAPartOfAllThatIsHalfDone() throws IOException {
    CacheDirectory part = open(root).part("tools", Duration.ofSeconds(10), () -> {});
    Path left = Files.createDirectories(root.resolve("tools/older.half-done-1/rest")).getParent();

    Path entry =
        part.entry("newer", any -> true, directory -> Files.createFile(directory.resolve("tool")));

    assertThat(entry).hasParent(root.resolve("tools").toRealPath());
    assertThat(left).doesNotExist();
  }

  @Test
  void keepsNothingOfAPreparationThatFailed() throws IOException {
    CacheDirectory cache = open(root);
    assertThatThrownBy(
            () ->
                cache.entry(
                    "thing",
                    any -> true,
                    directory -> {
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(root.resolve("thing")).doesNotExist();

    assertThat(cache.entry("thing", any -> true, directory -> {})).isDirectory();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has other permissions")
  void takesNothingThatOthersCouldHavePutThere() throws IOException {
    CacheDirectory cache = open(root);
    CacheDirectory.Preparation preparation =
        directory -> Files.writeString(directory.resolve("content"), "whole");
    Path entry = cache.entry("thing", directory -> true, preparation);
    Files.writeString(entry.resolve("content"), "another user's");
    OwnDirectory.setPermissions(entry, "rwxrwxrwx");
    assertThat(cache.find("thing", directory -> true)).isEmpty();

    cache.entry("thing", directory -> true, preparation);

    assertThat(entry.resolve("content")).hasContent("whole");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has other permissions")
  void isNotWhereOthersCouldWrite() throws IOException {
    Path above = Files.createDirectory(root.resolve("above"));
    Path configured = Files.createDirectory(above.resolve("cache"));
    OwnDirectory.setPermissions(above, "rwxrwxrwx");
    assertThatThrownBy(() -> open(configured))
        .isInstanceOf(DatabaseEngineException.class)
        .hasMessageContaining("Others can write to %s, and so replace %s", above, configured);

    OwnDirectory.setPermissions(above, "rwxr-xr-x");
    OwnDirectory.setPermissions(configured, "rwxrwxrwx");
    assertThatThrownBy(() -> open(configured))
        .isInstanceOf(DatabaseEngineException.class)
        .hasMessageContaining("Others can write to " + configured);
  }

  @Test
  void isInTheCacheDirectoryOfTheUser() {
    assertThat(
            CacheDirectory.open(
                    null, new Platform(Platform.Os.WINDOWS, false, false), name -> root.toString())
                .root())
        .isEqualTo(root.resolve("ppgtest"));
  }

  @Test
  void namesTheSettingWhenItCannotBeWritten() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(DatabaseEngineException.class)
        .hasMessage(
            "Cannot use the cache directory, tried [%1$s]: %1$s is not a directory. Name one that"
                + " only you can write to, of letters and digits, with the setting ppgtest.cache-dir.",
            file);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "has /proc")
  void saysWhyItCannotBeMade() {
    assertThatThrownBy(() -> open(Path.of("/proc/ppgtest")))
        .hasMessageStartingWith(
            "Cannot use the cache directory, tried [/proc/ppgtest]: /proc/ppgtest (NoSuchFileException). Name");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has other paths")
  void isNowhereThatInitdbCannotWork() {
    Path dollar = root.resolve("a$b");

    assertThatThrownBy(() -> open(dollar))
        .isInstanceOf(DatabaseEngineException.class)
        .hasMessageContaining("has a character that PostgreSQL's initdb cannot take");
    assertThat(
            CacheDirectory.open(
                    null, new Platform(Platform.Os.LINUX, false, false), name -> dollar.toString())
                .root()
                .toString())
        .doesNotContain("$");
  }

  private CacheDirectory open(Path directory) {
    return CacheDirectory.open(directory, platform, name -> null);
  }
}
