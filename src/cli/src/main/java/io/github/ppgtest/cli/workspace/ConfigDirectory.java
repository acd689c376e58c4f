package io.github.ppgtest.cli.workspace;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a user's logins: in the configuration of the user's programs, on this machine
 * only.
 */
final class ConfigDirectory {
  private static final String NAME = "ppgtest";

  private ConfigDirectory() {}

  /** Returns the directory, which need not exist. */
  static Path path() {
    try {
      return path(
          System.getProperty("os.name", ""),
          Path.of(System.getProperty("user.home", ".")),
          System::getenv);
    } catch (InvalidPathException e) {
      throw new IllegalStateException(
          "The directory for logins, in %s, cannot be named: the locale has not all of the letters. Set LC_ALL=C.UTF-8, or another directory as XDG_CONFIG_HOME."
              .formatted(e.getInput()),
          e);
    }
  }

  static Path path(String system, Path home, UnaryOperator<@Nullable String> environment) {
    if (system.startsWith("Windows")) {
      String roaming = environment.apply("APPDATA");
      return (roaming == null ? home.resolve("AppData/Roaming") : Path.of(roaming)).resolve(NAME);
    }
    String config = environment.apply("XDG_CONFIG_HOME");
    if (config != null && Path.of(config).isAbsolute()) {
      return Path.of(config, NAME);
    }
    return home.resolve(
        system.startsWith("Mac") ? "Library/Application Support/ppgtest" : ".config/ppgtest");
  }
}
