package io.github.ppgtest.cli.database;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for programs as the system does. */
final class Program {
  private Program() {}

  /**
   * Makes sure that there is such a program, as far as can be told without starting it.
   *
   * @param name as a shell takes it: looked for on the PATH unless it is a path itself
   * @throws NotRunnableException if there is none, or none that may be executed
   */
  static void require(String name) {
    if (OperatingSystem.isWindows()) {
      // The endings that make a file a program are the system's to know.
      return;
    }
    boolean isPath = name.contains("/");
    List<Path> files =
        (isPath ? Stream.of("") : path())
            .map(directory -> file(directory, name))
            .filter(Files::exists)
            .filter(file -> isPath || Files.isRegularFile(file))
            .toList();
    if (name.isEmpty() || files.isEmpty()) {
      throw NotRunnableException.notFound(
          "There is no command '%s'%s.".formatted(name, isPath ? "" : " on the PATH"));
    }
    if (files.stream().noneMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file))) {
      throw NotRunnableException.notExecutable(
          "%s may not be executed. Is it a program?".formatted(files.get(0)), null);
    }
  }

  private static Stream<String> path() {
    String path = System.getenv("PATH");
    return path == null ? Stream.empty() : Stream.of(path.split(File.pathSeparator, -1));
  }

  private static Path file(String directory, String name) {
    try {
      return Path.of(directory, name);
    } catch (InvalidPathException e) {
      throw NotRunnableException.notFound("'%s' cannot be a command.".formatted(name));
    }
  }
}
