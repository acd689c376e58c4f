package io.github.ppgtest.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a JVM like this one is started, with its class path and without its settings. */
public final class JvmCommand {
  private JvmCommand() {}

  /**
   * Begins a command.
   *
   * @param directory where it is to run
   * @param options of the JVM, system properties among them
   * @param main what it runs
   * @param arguments what it is told
   */
  public static ProcessBuilder builder(
      Path directory, List<String> options, Class<?> main, String... arguments) {
    return builder(directory, classPath(), options, main, arguments);
  }

  /**
   * Begins a command with a class path of its own.
   *
   * @param directory where it is to run
   * @param classPath where its classes are
   * @param options of the JVM, system properties among them
   * @param main what it runs
   * @param arguments what it is told
   */
  public static ProcessBuilder builder(
      Path directory,
      List<Path> classPath,
      List<String> options,
      Class<?> main,
      String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    // Everybody's defaults, and no debugger or agent of the JVM above.
    List<String> ours = List.of("PPGTEST_", "PRISMA_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
    builder.environment().keySet().removeIf(name -> ours.stream().anyMatch(name::startsWith));
    return builder;
  }

  /** Returns this JVM's class path. It may name places relative to where this JVM runs. */
  public static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .toList();
  }
}
