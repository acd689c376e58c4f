package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Commons Compress writes is unpacked. */
class TarArchiveTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(written);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 100_000})
  void unpacksFilesOfAnyLength(int length) throws IOException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    file("share/a", 0644, content);
    file("share/b", 0644, new byte[] {7});
    unpack();

    assertThat(directory.resolve("share/a")).hasBinaryContent(content);
    assertThat(directory.resolve("share/b")).hasBinaryContent(new byte[] {7});
  }

  @Test
  void unpacksEmptyDirectories() throws IOException {
    tar.putArchiveEntry(new TarArchiveEntry("share/extension/"));
    tar.closeArchiveEntry();
    unpack();

    assertThat(directory.resolve("share/extension")).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void keepsLinksAndWhatMayBeRun() throws IOException {
    file("bin/postgres", 0755, new byte[1]);
    file("lib/libpq.so.5.17", 0644, new byte[1]);
    TarArchiveEntry link = new TarArchiveEntry("lib/libpq.so.5", TarConstants.LF_SYMLINK);
    link.setLinkName("libpq.so.5.17");
    tar.putArchiveEntry(link);
    tar.closeArchiveEntry();
    unpack();

    assertThat(directory.resolve("bin/postgres")).isExecutable();
    assertThat(Files.isExecutable(directory.resolve("lib/libpq.so.5.17"))).isFalse();
    assertThat(Files.readSymbolicLink(directory.resolve("lib/libpq.so.5")))
        .isEqualTo(Path.of("libpq.so.5.17"));
  }

  @Test
  void leavesOutWhatCompilersWant() throws IOException {
    file("lib/libpq.a", 0644, new byte[2000]);
    file("lib/pkgconfig/libpq.pc", 0644, new byte[3]);
    file("lib/b", 0644, new byte[] {7});
    unpack();

    assertThat(directory.resolve("lib")).isDirectoryNotContaining("glob:**.{a,pc}");
    assertThat(directory.resolve("lib/b")).hasBinaryContent(new byte[] {7});
  }

  @Test
  void refusesWhatLiesOutside() throws IOException {
    file("../outside", 0644, new byte[1]);
    assertThatThrownBy(this::unpack)
        .isInstanceOf(IOException.class)
        .hasMessage("The archive has an entry outside itself: ../outside");
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    file("x".repeat(120), 0644, new byte[1]);
    assertThatThrownBy(this::unpack)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("The archive has an entry of the unknown kind 'L'");
  }

  @Test
  void refusesAnArchiveThatIsCutOff() throws IOException {
    file("a", 0644, new byte[2000]);
    tar.close();
    byte[] half = Arrays.copyOf(written.toByteArray(), 1500);
    assertThatThrownBy(() -> TarArchive.unpack(new ByteArrayInputStream(half), directory))
        .isInstanceOf(EOFException.class)
        .hasMessage("The archive is cut off");
  }

  private void file(String name, int mode, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(entry.getMode() & ~0777 | mode);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private void unpack() throws IOException {
    tar.close();
    TarArchive.unpack(new ByteArrayInputStream(written.toByteArray()), directory);
  }
}
