package io.github.ppgtest.cli.database;

import java.io.File;

/** What commands have to know of the system that they run on. */
final class OperatingSystem {
  private OperatingSystem() {}

  static boolean isWindows() {
    return File.separatorChar == '\\';
  }
}
