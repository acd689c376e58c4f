package io.github.ppgtest.emulator;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A JVM of its own, with this one's class path, for what only the end of a JVM decides. */
public final class ChildJvm {
  private ChildJvm() {}

  /** Returns what starts one; its errors are written where this one's are. */
  public static ProcessBuilder of(Class<?> main, String... arguments) {
    return of(List.of(), main, arguments);
  }

  /** Returns what starts one with these options. */
  public static ProcessBuilder of(List<String> options, Class<?> main, String... arguments) {
    // How this one compiles and collects is meant for short lives, too.
    Stream<String> own =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("-XX:"));
    return new ProcessBuilder(
            Stream.of(
                    Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                    own,
                    options.stream(),
                    Stream.of("-cp", System.getProperty("java.class.path"), main.getName()),
                    Stream.of(arguments))
                .flatMap(parts -> parts)
                .toList())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
