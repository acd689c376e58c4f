package io.github.ppgtest.cli.database;

import java.io.File;

/** The operating system, as far as commands depend on it. */
final class OperatingSystem {
  private OperatingSystem() {}

  static boolean isWindows() {
    return File.separatorChar == '\\';
  }
}
