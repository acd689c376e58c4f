package io.github.ppgtest.testsupport;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command of a JVM like this one, with its class path and without its settings. */
public final class JvmCommand {
  private JvmCommand() {}

  /**
   * Begins a command.
   *
   * @param directory its working directory
   * @param options of the JVM, system properties among them
   * @param main its main class
   * @param arguments its arguments
   */
  public static ProcessBuilder builder(
      Path directory, List<String> options, Class<?> main, String... arguments) {
    return builder(directory, classPath(), options, main, arguments);
  }

  /**
   * Begins a command with a class path of its own.
   *
   * @param directory its working directory
   * @param classPath its class path
   * @param options of the JVM, system properties among them
   * @param main its main class
   * @param arguments its arguments
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
    // The defaults of all, and no debugger or agent of the parent JVM.
    List<String> ours = List.of("PPGTEST_", "PRISMA_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
    builder.environment().keySet().removeIf(name -> ours.stream().anyMatch(name::startsWith));
    return builder;
  }

  /** Returns this JVM's class path. Its entries may be relative to this JVM's working directory. */
  public static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .toList();
  }
}
