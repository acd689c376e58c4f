package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheTrimTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final String PROGRAMS = "postgres-linux-x86_64-0123abcd";

  @TempDir Path root;

  @Test
  void removesProgramsAndClustersThatNobodyHasUsedForAMonth() throws IOException {
    Path old = entry(PROGRAMS, 31);
    Path oldCluster = entry(PROGRAMS + "-cluster-2", 31);
    Path used = entry(PROGRAMS + "-cluster-30123abcd", 29);
    Path notOurs = entry("node-22", 400);
    Path lock = Files.createFile(root.resolve(PROGRAMS + ".lock"));

    trim(1000);

    assertThat(old).doesNotExist();
    assertThat(oldCluster).doesNotExist();
    assertThat(used).exists();
    assertThat(notOurs).exists();
    assertThat(lock).exists();
    assertThat(root).isDirectoryNotContaining("glob:**half-done*");
  }

  @Test
  void leavesProgramsThatRun() throws IOException {
    Path running = ProcessHandle.current().info().command().map(Path::of).orElseThrow().getParent();
    assertThat(CacheTrim.isRunning(running)).isTrue();
    assertThat(CacheTrim.isRunning(root)).isFalse();
  }

  @Test
  void removesTheTemplatesNotUsedLongestWhereThereAreTooMany() throws IOException {
    Path first = template('a', 3);
    Path second = template('b', 1);
    Path third = template('c', 2);
    Path notOurs = entry("templates/mine", 31);

    trim(250);

    assertThat(second).exists();
    assertThat(third).exists();
    assertThat(first).doesNotExist();
    assertThat(notOurs).exists();
  }

  @Test
  void removesTemplatesThatNobodyHasUsedForThreeDays() throws IOException {
    Path old = template('a', 4);
    Path used = template('b', 2);

    trim(1000);

    assertThat(old).doesNotExist();
    assertThat(used).exists();
  }

  @Test
  void removesWhatWasLeftHalfDoneLongAgo() throws IOException {
    Path left = entry("templates/x.half-done-1", 2);
    Path underWay = entry("templates/x.half-done-2", 0);

    trim(1000);

    assertThat(left).doesNotExist();
    assertThat(underWay).exists();
  }

  private void trim(long bound) throws IOException {
    CacheDirectory cache =
        CacheDirectory.open(root, new Platform(Platform.Os.LINUX, false, false), name -> null);
    new CacheTrim(cache, NOW, bound).run();
  }

  private Path template(char name, int days) throws IOException {
    return entry("templates/" + PROGRAMS + "-3-1-" + String.valueOf(name).repeat(64), days);
  }

  /** One of 100 bytes that was last used some days ago. */
  private Path entry(String name, int days) throws IOException {
    Path entry = Files.createDirectories(root.resolve(name));
    Files.writeString(entry.resolve("content"), "x".repeat(100));
    Files.setLastModifiedTime(entry, FileTime.from(NOW.minus(Duration.ofDays(days))));
    return entry;
  }
}
