package io.github.ppgtest.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The executable jar, as tests start it. */
public final class PpgtestJar {
  /** What this process may have that is not for tests; the JVM tells of the last on stderr. */
  private static final List<String> NOT_FOR_TESTS =
      List.of(
          "PPGTEST_", "PRISMA_", "GITHUB_", "ACTIONS_", "DISPLAY", "WAYLAND_", "JAVA_TOOL_OPTIONS");

  private PpgtestJar() {}

  /** Returns the command that runs it with these arguments, as {@code target/ppgtest} does. */
  public static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(List.of(System.getProperty("ppgtest.options").split(" ")));
    command.addAll(List.of("-jar", System.getProperty("ppgtest.jar")));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Returns the Java that runs the tests. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Leaves of a process's environment what no test sets. */
  public static void clean(Map<String, String> environment) {
    environment.keySet().removeIf(name -> NOT_FOR_TESTS.stream().anyMatch(name::startsWith));
  }

  /** Returns the directories of its ledgers and logins, for a household of their own. */
  public static Map<String, String> homes(Path directory) {
    return Map.of(
        "XDG_CONFIG_HOME",
        directory.resolve("config").toString(),
        "XDG_STATE_HOME",
        directory.resolve("state").toString());
  }
}
